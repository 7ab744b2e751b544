"""Facts as sentences, made from typed cells so that words and figures cannot drift apart."""

from generator.plan.records import Target, Task, Term, Tier
from generator.publication.views.edition import Edition


def target_figure(edition: Edition, target: Target) -> str:
    """A target's value with its comparison, or nothing: more than 15%, 1—2个."""
    if target.value is None:
        return ""
    text = edition.words.text
    figure = edition.words.figure(target.value, target.measure or "", target.value_max)
    patterns = {
        "eq": text("reaching %(figure)s", figure=figure),
        "gt": text("more than %(figure)s", figure=figure),
        "ge": text("at least %(figure)s", figure=figure),
        "approx": text("about %(figure)s", figure=figure),
        "le": text("at most %(figure)s", figure=figure),
        "lt": text("less than %(figure)s", figure=figure),
    }
    return patterns.get(target.comparator or "", figure)


def target_sentence(edition: Edition, target: Target) -> str:
    """A target as one sentence: when, what, how much, in whose hedge."""
    text = edition.words.text
    subject = target.indicator
    if target.scope:
        subject = text("%(subject)s (%(scope)s)", subject=subject, scope=target.scope)
    figure = target_figure(edition, target)
    fact = text("%(subject)s: %(figure)s", subject=subject, figure=figure) if figure else subject
    if target.recurrence == "annual":
        fact = text("every year, %(fact)s", fact=fact)
    if target.due:
        fact = text("By %(date)s, %(fact)s", date=edition.words.date(target.due), fact=fact)
    if target.hedge:
        fact = text("%(fact)s (the plan's word: %(hedge)s)", fact=fact, hedge=target.hedge)
    return text("%(fact)s.", fact=fact)


def term_support(edition: Edition, term: Term) -> str:
    """What a term gives, in a phrase: at most 30% of project investment, up to 5 million yuan."""
    phrases = [phrase for phrase in (_rate(edition, term), _sum(edition, term)) if phrase]
    if not phrases:
        tiers = edition.plan.tiers.get(term.term_id, ())
        return (
            _tiers(edition, term, tiers) if tiers else edition.words.text("no figure in the plan")
        )
    return edition.words.text(", ").join(phrases)


def _rate(edition: Edition, term: Term) -> str:
    if term.rate_pct is None:
        return ""
    rate = edition.words.figure(term.rate_pct, "%")
    basis = edition.label("subsidy_terms", "basis", term.basis)
    text = edition.words.text
    patterns = {
        "ceiling": text("at most %(rate)s of %(basis)s", rate=rate, basis=basis),
        "fixed": text("%(rate)s of %(basis)s", rate=rate, basis=basis),
        "tax-rate": text("taxed at %(rate)s", rate=rate),
        "deduction": text("%(rate)s of %(basis)s deductible", rate=rate, basis=basis),
        "break-even": text("at a break-even point of %(rate)s", rate=rate),
    }
    return patterns.get(term.rate_kind or "", rate)


def _sum(edition: Edition, term: Term) -> str:
    text, yuan = edition.words.text, edition.words.yuan
    phrases: list[str] = []
    if term.amount_yuan is not None:
        phrases.append(yuan(term.amount_yuan, term.amount_max_yuan))
    if term.cap_yuan is not None:
        phrases.append(text("up to %(sum)s", sum=yuan(term.cap_yuan)))
    per = edition.label("subsidy_terms", "per", term.per)
    phrase = text(", ").join(phrases)
    return text("%(sum)s %(per)s", sum=phrase, per=per) if phrase and per else phrase


def _tiers(edition: Edition, term: Term, tiers: tuple[Tier, ...]) -> str:
    text = edition.words.text
    amounts = [tier.amount_yuan for tier in tiers if tier.amount_yuan is not None]
    rates = [tier.rate_pct for tier in tiers if tier.rate_pct is not None]
    if amounts:
        span = edition.words.yuan(min(amounts), max(amounts))
    elif rates:
        span = edition.words.figure(min(rates), "%", max(rates))
        if term.basis:
            basis = edition.label("subsidy_terms", "basis", term.basis)
            span = text("%(rate)s of %(basis)s", rate=span, basis=basis)
    else:
        return text("%(number)s tiers", number=len(tiers))
    return text("%(span)s in %(number)s tiers", span=span, number=len(tiers))


def term_sentence(edition: Edition, term: Term) -> str:
    """A term as one sentence: who, how certain, from whom, how much."""
    return edition.words.text(
        "%(beneficiary)s, %(certainty)s: %(payer)s %(instrument)s, %(support)s.",
        beneficiary=term.beneficiary,
        certainty=edition.label("subsidy_terms", "certainty", term.certainty),
        payer=payer(edition, term),
        instrument=_instrument(edition, term),
        support=term_support(edition, term),
    )


def _instrument(edition: Edition, term: Term) -> str:
    """What form the support takes; where the plan names none, just support."""
    if term.instrument == "other":
        return edition.words.text("support")
    return edition.label("subsidy_terms", "instrument", term.instrument)


def payer(edition: Edition, term: Term) -> str:
    """Who pays, or that the plan does not say."""
    if term.payer_level == "unstated":
        return edition.words.text("(payer not stated)")
    return edition.label("subsidy_terms", "payer_level", term.payer_level)


def task_sentence(edition: Edition, task: Task) -> str:
    """A task as one sentence: who answers, what, by when."""
    text = edition.words.text
    units = edition.plan.units_of(task.section_id)
    fact = task.title
    if task.due:
        fact = text("by %(date)s, %(fact)s", date=edition.words.date(task.due), fact=fact)
    if units:
        first = units[0].name
        who = (
            text("%(unit)s and %(number)s more", unit=first, number=len(units) - 1)
            if len(units) > 1
            else first
        )
        return text("%(who)s answers for this: %(fact)s.", who=who, fact=fact)
    return text("The plan orders: %(fact)s.", fact=fact)
