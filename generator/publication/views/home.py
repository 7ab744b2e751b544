"""A plan's front page: what it promises by when, what it pays, who answers, and where to begin."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.plan.records import Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.lists import certainty, filled, target_group
from generator.publication.views.overviews import largest_sum
from generator.publication.views.parts import Fact, Figure, Group, Item, Link, OverviewView
from generator.publication.views.sentences import term_support

_CARDS = 8
_BARS = 7
"""How many targets, and how many terms and units, the page shows."""


def home_view(edition: Edition) -> OverviewView:
    """What a stranger should know of this plan after half a minute."""
    words, about = edition.words, edition.plan.about
    kicker = (about.jurisdiction, about.document_number, period(edition))
    return OverviewView(
        name="home",
        template="home.html",
        path=edition.root,
        title=about.title,
        kicker=" · ".join(each for each in kicker if each),
        lead=words.prose(*_summary(edition)),
        listed=False,
        facts=(
            Fact(words.text("Issued by"), about.issuer),
            Fact(words.text("Document number"), about.document_number),
            Fact(words.text("Issued on"), words.date(about.issued)),
            Fact(words.text("Period"), period(edition)),
            Fact(words.text("About this data"), about.description),
        ),
        figures=counts(edition),
        groups=filled(
            (
                _questions(edition),
                _promises(edition),
                _dates(edition),
                _largest(edition),
                _busiest(edition),
                _reuse(edition),
            )
        ),
    )


def period(edition: Edition) -> str:
    """The years that a plan is for."""
    about = edition.plan.about
    return f"{about.period_start[:4]}\u2014{about.period_end[:4]}"


def counts(edition: Edition) -> tuple[tuple[Figure, Link], ...]:
    """How many targets, tasks, terms and units there are, each with the page that has them all."""
    plan, text = edition.plan, edition.words.text
    found = (
        (len(plan.targets), text("targets"), "targets"),
        (len(plan.tasks), text("tasks"), "tasks"),
        (len(plan.subsidy_terms), text("subsidy terms"), "subsidies"),
        (len(plan.units), text("responsible units"), "units"),
    )
    return tuple(
        (Figure(str(number), label), Link(label, edition.page(name)))
        for number, label, name in found
    )


def _summary(edition: Edition) -> Iterator[str]:
    """The plan in three sentences, made of counts."""
    plan, words = edition.plan, edition.words
    yield words.text(
        "It sets %(targets)s targets, %(quantified)s of them with a figure, and orders %(tasks)s "
        "tasks, for which %(units)s units answer.",
        targets=len(plan.targets),
        quantified=sum(each.value is not None for each in plan.targets),
        tasks=len(plan.tasks),
        units=len(plan.units),
    )
    ranked = _by_sum(edition)
    if ranked:
        yield words.text(
            "Of %(terms)s terms of support, %(figures)s come with figures; the largest sum printed "
            "is %(largest)s.",
            terms=len(plan.subsidy_terms),
            figures=sum(each.quantified for each in plan.subsidy_terms),
            largest=words.yuan(ranked[0][0]),
        )
    yield words.text("Every figure stands beside the words it was read from.")


# ----------------------------------------------------------------------------------------- groups


def _questions(edition: Edition) -> Group:
    """Three questions to begin with, each with the short answer and the page of the long one."""
    items = (_what_can_i_get(edition), *_what_by_when(edition), _who_answers(edition))
    title = edition.words.text("Begin with a question")
    return Group("begin", title, items, look="questions", counted=False)


def _what_can_i_get(edition: Edition) -> Item:
    plan, text = edition.plan, edition.words.text
    if plan.subsidy_terms:
        answer = text("Give your figures; every term says what it may pay and which limit binds.")
        return Item(Link(text("What can I apply for?"), edition.page("calculator")), answer)
    answer = text(
        "%(tasks)s tasks under %(themes)s themes.",
        tasks=len(plan.tasks),
        themes=len(edition.themes),
    )
    return Item(Link(text("What is to be done?"), edition.page("tasks")), answer)


def _what_by_when(edition: Edition) -> Iterator[Item]:
    """What is due in the year in which most is; nothing where no target has a date."""
    words = edition.words
    dated = [each for each in edition.plan.targets if each.due]
    if not dated:
        return
    (year, number), *_ = Counter(str(each.due)[:4] for each in dated).most_common()
    figures = sum(each.value is not None for each in dated if str(each.due)[:4] == year)
    question = words.text("What is to be reached by %(year)s?", year=words.date(year))
    answer = words.text(
        "%(number)s targets are due then, %(figures)s of them with a figure.",
        number=number,
        figures=figures,
    )
    yield Item(Link(question, f"{edition.page('targets')}?due={year}"), answer)


def _who_answers(edition: Edition) -> Item:
    text, ranked = edition.words.text, _by_lists(edition)
    answer = text("%(number)s units are named.", number=len(ranked))
    if ranked and _lists(edition, ranked[0]):
        answer = text(
            "%(number)s units are named; %(unit)s most often, in %(lists)s lists.",
            number=len(ranked),
            unit=ranked[0].name,
            lists=_lists(edition, ranked[0]),
        )
    return Item(Link(text("Who answers for what?"), edition.page("units")), answer)


def _promises(edition: Edition) -> Group:
    """The first targets with a printed figure and a date, in the order of the document."""
    plan = edition.plan
    printed = (each for each in plan.targets if each.reading != "inferred")
    dated = [each for each in printed if each.value is not None and each.due]
    chosen = sorted(dated, key=lambda each: plan.section[each.section_id].position)
    return replace(
        target_group(edition, chosen[:_CARDS]),
        anchor="promises",
        title=edition.words.text("What it promises"),
        more=Link(
            edition.words.text("All %(number)s targets", number=len(plan.targets)),
            edition.page("targets"),
        ),
        look="cards",
        counted=False,
    )


def _dates(edition: Edition) -> Group:
    """How much falls due in which year."""
    words, plan = edition.words, edition.plan
    targets = Counter(str(each.due)[:4] for each in plan.targets if each.due)
    tasks = Counter(str(each.due)[:4] for each in plan.tasks if each.due)
    both = targets + tasks
    items = tuple(
        Item(
            Link(words.date(year), f"{edition.page(_page_of(targets[year]))}?due={year}"),
            words.join(tuple(_due(edition, targets[year], tasks[year]))),
            share=_share(both[year], max(both.values())),
        )
        for year in sorted(both)
    )
    return Group("dates", words.text("What is due when"), items, look="bars", counted=False)


def _page_of(targets: int) -> str:
    return "targets" if targets else "tasks"


def _due(edition: Edition, targets: int, tasks: int) -> Iterator[str]:
    count = edition.words.count
    if targets:
        yield count("%(number)d target", "%(number)d targets", targets)
    if tasks:
        yield count("%(number)d task", "%(number)d tasks", tasks)


def _largest(edition: Edition) -> Group:
    """The terms with the largest printed sums."""
    ranked = _by_sum(edition)[:_BARS]
    items = tuple(
        Item(
            edition.term_link(term),
            term_support(edition, term),
            (certainty(edition, term),),
            share=_share(amount, ranked[0][0]),
        )
        for amount, term in ranked
    )
    terms = len(edition.plan.subsidy_terms)
    more = Link(
        edition.words.text("All %(number)s subsidy terms", number=terms), edition.page("subsidies")
    )
    title = edition.words.text("What it pays")
    return Group("pays", title, items, more, look="bars", counted=False)


def _by_sum(edition: Edition) -> list[tuple[int, Term]]:
    """Terms by the largest sum that is printed for them; damaged places lead no list."""
    printed = (each for each in edition.plan.subsidy_terms if each.reading != "inferred")
    sums = ((largest_sum(edition.plan, each) or 0, each) for each in printed)
    return sorted((pair for pair in sums if pair[0]), key=lambda pair: -pair[0])


def _busiest(edition: Edition) -> Group:
    """The units that most lists name."""
    text, ranked = edition.words.text, _by_lists(edition)
    items = tuple(
        Item(
            edition.unit_link(unit),
            text("named in %(number)s lists", number=_lists(edition, unit)),
            share=_share(_lists(edition, unit), _lists(edition, ranked[0])),
        )
        for unit in ranked[:_BARS]
    )
    more = Link(text("All %(number)s units", number=len(ranked)), edition.page("units"))
    return Group("answers", text("Who answers"), items, more, look="bars", counted=False)


def _by_lists(edition: Edition) -> list[Unit]:
    return sorted(edition.plan.units, key=lambda unit: -_lists(edition, unit))


def _lists(edition: Edition, unit: Unit) -> int:
    return len(edition.sections_of.get(unit.unit_id, ()))


def _share(part: int, most: int) -> int:
    """A bar's length in per cent of the longest; none vanishes."""
    return max(1, round(100 * part / most)) if most else 0


def _reuse(edition: Edition) -> Group:
    """How far the data can be trusted, and how to take it away."""
    plan, text = edition.plan, edition.words.text
    doubts = text(
        "%(damaged)s damaged or doubtful spots and %(open)s open questions, each named.",
        damaged=len(plan.readings),
        open=len(plan.ambiguities),
    )
    licences = edition.words.join(_licences(plan.about.licenses))
    items = (
        Item(Link(text("Can the figures be trusted?"), edition.page("notes")), doubts),
        Item(
            Link(text("Download everything"), edition.page("data")),
            text("Excel, CSV, JSON, Parquet, SQLite; %(licence)s.", licence=licences),
        ),
        Item(
            Link(text("What has changed?"), edition.page("changes")),
            text("Every change, cell by cell, and a feed to subscribe to."),
        ),
    )
    return Group("reuse", text("Check and reuse"), items, look="questions", counted=False)


def _licences(licenses: Iterable[object]) -> list[str]:
    return [
        str(each.get("name") or each.get("title")) for each in licenses if isinstance(each, dict)
    ]
