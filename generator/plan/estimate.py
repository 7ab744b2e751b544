"""What a plan's terms may be worth to one applicant. Nothing is added up, nothing is decided."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from generator.plan.applicant import Applicant
from generator.plan.model import Plan
from generator.plan.payoff import Outcome, evaluate
from generator.plan.questions import open_questions
from generator.plan.records import Term
from generator.plan.segments import benefit_kind, segments_of
from generator.plan.wording import explanation, formula, reading_label


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One term's worth, as JSON gives it; sums in whole yuan.

    `low` and `high` are what the applicant would have, None where that cannot be computed; `kind`
    says of what: cash, taxable-income (so much less of it), tax (then `tax_due` is what is paid at
    the reduced rate; what that saves is not known). `binding` is the limit that sets `high`: rate,
    count, amount, cap, threshold. `unknown` are the open questions in Chinese, `missing` the
    inputs to ask for, `readings` what each reading of the plan gives.
    """

    term_id: str
    section_id: str
    low: int | None
    high: int | None
    binding: str | None
    formula: str
    payer_level: str
    certainty: str
    unknown: tuple[str, ...]
    kind: str
    title: str
    explanation: str
    missing: tuple[str, ...]
    readings: tuple[Mapping[str, Any], ...]
    tax_due: int | None
    beneficiary: str
    beneficiary_kind: str
    eligibility: str
    per: str | None
    frequency: str
    duration: str | None
    quantified: bool
    evidence: str

    def as_json(self) -> dict[str, Any]:
        """The fields in their order."""
        return asdict(self)


def estimate(plan: Plan, applicant: Applicant) -> tuple[Estimate, ...]:
    """Every term that this kind of applicant may claim, by sum, those not computed last."""
    found = (
        estimate_term(plan, term, applicant.figures)
        for term in plan.subsidy_terms
        if applicant.may_claim(term)
    )
    return tuple(sorted(found, key=_greatest_first))


def _greatest_first(each: Estimate) -> tuple[bool, int, int, str]:
    return each.high is None, -(each.high or 0), -(each.low or 0), each.term_id


def estimate_term(plan: Plan, term: Term, figures: Mapping[str, int]) -> Estimate:
    """One term's worth for figures by the names of `applicant.INPUTS`."""
    segments = segments_of(term, plan.tiers.get(term.term_id, ()), plan.measure)
    outcome = evaluate(segments, figures)
    kind = benefit_kind(term)
    # What is due at a reduced rate is no benefit: it must never stand where benefits stand.
    worth = Outcome() if kind == "tax" else outcome
    return Estimate(
        term_id=term.term_id,
        section_id=term.section_id,
        low=worth.low,
        high=worth.high,
        binding=worth.binding,
        formula=formula(plan, term),
        payer_level=term.payer_level,
        certainty=term.certainty,
        unknown=open_questions(plan, term, segments, outcome, figures),
        kind=kind,
        title=term.title,
        explanation=explanation(plan, term, outcome, figures),
        missing=outcome.missing,
        readings=_readings(worth),
        tax_due=outcome.high if kind == "tax" else None,
        beneficiary=term.beneficiary,
        beneficiary_kind=term.beneficiary_kind,
        eligibility=term.eligibility,
        per=term.per,
        frequency=term.frequency,
        duration=term.duration,
        quantified=term.quantified,
        evidence=term.evidence,
    )


def _readings(outcome: Outcome) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {
            "reading": value.reading,
            "label": reading_label(value.reading),
            "low": value.low,
            "high": value.high,
            "binding": value.binding,
        }
        for value in outcome.readings
    )
