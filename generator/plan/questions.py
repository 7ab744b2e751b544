"""What an estimate cannot know: every question that is left, in Chinese."""

from collections.abc import Iterator, Mapping, Sequence

from generator.plan.applicant import INPUTS
from generator.plan.figures import print_yuan
from generator.plan.model import Plan
from generator.plan.payoff import Outcome, Segment
from generator.plan.records import Term
from generator.plan.segments import benefit_kind
from generator.plan.thresholds import is_money, variable_named
from generator.plan.wording import explanation, reading_label


def open_questions(
    plan: Plan,
    term: Term,
    segments: Sequence[Segment],
    outcome: Outcome,
    figures: Mapping[str, int],
) -> tuple[str, ...]:
    """What is not known of a result, the figures first, then the conditions and the wording."""
    return (
        *(f"没有给出{INPUTS[name].title}（{name}）" for name in outcome.missing),
        *_about_amount(plan, term, segments, outcome, figures),
        *_about_tax(term, outcome, figures),
        f"是否符合条件：{term.eligibility}",
        *_about_wording(plan, term),
        *(each.question for each in plan.ambiguities if term.term_id in each.records),
    )


def _about_amount(
    plan: Plan,
    term: Term,
    segments: Sequence[Segment],
    outcome: Outcome,
    figures: Mapping[str, int],
) -> Iterator[str]:
    if not segments:
        yield explanation(plan, term, outcome, figures)
        return
    values = [value for value in outcome.readings if value.reading != "floor"]
    if len({value.high for value in values}) > 1:
        readings = "；".join(
            f"{reading_label(value.reading)}为 {print_yuan(value.high)}" for value in values
        )
        yield f"原文可作几种读法：{readings}"
    if outcome.high and any(value.reading.startswith("floor") for value in outcome.readings):
        yield _about_range(plan, term)
    if any(value.low != value.high for value in outcome.readings):
        conditions = "；".join(tier.condition for tier in plan.tiers.get(term.term_id, ()))
        yield f"门槛无从核对：{conditions}"
    yield from _about_tiers(term, segments, figures)


def _about_range(plan: Plan, term: Term) -> str:
    if term.basis and not is_money(variable_named(term.basis)):
        basis = plan.tables["subsidy_terms"].label("basis", term.basis)
        return f"比例所乘的数（{basis}）不在可以填写的数字之内，只知不超过上限"
    ranged = term.amount_max_yuan is not None and term.amount_yuan is not None
    return "区间之内如何取值未写" if ranged else "只写了上限，实际给多少未定"


def _about_tiers(
    term: Term, segments: Sequence[Segment], figures: Mapping[str, int]
) -> Iterator[str]:
    readings = {part for segment in segments for part in segment.reading.split("-")}
    if term.tiers_apply in {"unstated", "marginal"} and not readings & {"sum", "marginal", "tier"}:
        yield "各档能否分段或累计，由所给数字算不出，此处按所在的一档计算"
    first_time = any(gate.absent is not None for segment in segments for gate in segment.gates)
    if first_time and "revenue_previous" not in figures:
        title = INPUTS["revenue_previous"].title
        yield f"是否首次达到未核对：没有给出{title}（revenue_previous）"


def _about_tax(term: Term, outcome: Outcome, figures: Mapping[str, int]) -> Iterator[str]:
    kind = benefit_kind(term)
    if kind == "tax":
        yield "少缴多少税取决于原来适用的税率，原文未写"
    income = figures.get("taxable_income")
    if kind == "taxable-income" and income is not None and (outcome.high or 0) > income:
        yield f"当年应纳税所得额只有 {print_yuan(income)}，不足抵扣的部分能否结转，见条款"


def _about_wording(plan: Plan, term: Term) -> Iterator[str]:
    if term.certainty != "granted":
        word = plan.tables["subsidy_terms"].label("certainty", term.certainty)
        weak = term.certainty in {"may-apply", "recommended", "encouraged"}
        yield f"原文的措辞是“{word}”" + ("，不等于给予" if weak else "")
    if term.payer_level == "unstated":
        yield "由哪一级出资未写明"
    if term.reading == "inferred":
        yield "原文此处残损，数字是推断的读法"
