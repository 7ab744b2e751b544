import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from payoff_vectors import VECTORS, computed, outcome_json, segment_from, term_of, tiers_of

from generator.cli import main
from generator.intake.load import load
from generator.plan.applicant import INPUTS, Applicant, ImpossibleInput, read_applicant
from generator.plan.estimate import estimate, estimate_term
from generator.plan.payoff import evaluate
from generator.plan.segments import segments_of

ROOT = Path(__file__).parents[2]
KINDS = {"enterprise": "企业", "project": "项目", "locality": "地方", "person": "个人"}
CASES = list(csv.DictReader(Path(__file__).with_name("worked_cases.csv").open(encoding="utf-8")))
LEARNT = ("threshold_of", "min_excluded", "max_excluded", "growth_min_pct", "first_time")


@pytest.fixture(scope="module")
def shipped():
    return load(ROOT / "datapackage.json")


def figures_of(text):
    return read_applicant(text.split(), KINDS).figures


# ---------------------------------------------------------------------------------- worked cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['term_id']} {case['inputs']}")
def test_worked_cases(shipped, case):
    """What was worked out by hand from the clause is what comes out."""
    term = next(each for each in shipped.subsidy_terms if each.term_id == case["term_id"])
    result = estimate_term(shipped, term, figures_of(case["inputs"]))
    low, high = (int(case[end]) if case[end] else None for end in ("low", "high"))
    assert (result.kind, result.low, result.high) == (case["kind"], low, high), case["clause"]


@pytest.mark.parametrize("vector", json.loads(VECTORS.read_text("utf-8")), ids=lambda v: v["name"])
def test_vectors(vector):
    """Python computes what the file shared with the page's script says, segments and sums."""
    assert computed(vector) == vector
    segments = [segment_from(each) for each in vector["segments"]]
    for case in vector["cases"]:
        told = {key: case[key] for key in case if key != "figures"}
        assert outcome_json(evaluate(segments, case["figures"])) == told


def test_every_term_has_an_answer(shipped):
    """No term of the shipped plan fails, with no figure, with all, or with noughts."""
    for figures in ({}, dict.fromkeys(INPUTS, 10**7), dict.fromkeys(INPUTS, 0)):
        for each in estimate(shipped, Applicant(figures=figures)):
            assert (each.low is None) == (each.high is None)
            assert each.unknown
            assert each.high is None or 0 <= each.low <= each.high
            assert not figures or not each.missing


def test_without_the_optional_columns_what_cannot_be_known_is_a_range(shipped):
    """A package that says less about its thresholds gets wider answers, never other ones."""
    for term in shipped.subsidy_terms:
        tiers = shipped.tiers.get(term.term_id, ())
        bare = [replace(tier, **dict.fromkeys(LEARNT)) for tier in tiers]
        for amount in (300, 25_000_000, 60_000_000, 10**9):
            figures = {**dict.fromkeys(INPUTS, amount), "revenue_previous": amount * 3 // 4}
            exact = evaluate(segments_of(term, tiers), figures)
            wide = evaluate(segments_of(term, bare), figures)
            assert exact.high is None or wide.low <= exact.high <= wide.high


def test_what_is_learnt_from_measure_basis_and_words():
    """Without `threshold_of` measure, basis and the condition say what is meant, or nothing."""
    area = {"threshold_min": 1, "threshold_measure": "公顷", "amount_yuan": 7}
    money = {"threshold_min": 2, "threshold_measure": "万元", "amount_yuan": 7}

    def of(term, tier):
        return {
            gate.variable
            for piece in segments_of(term_of({"tiers_apply": "highest", **term}), tiers_of([tier]))
            for gate in piece.spans
        }

    assert of({}, area) == {"area"}
    assert of({}, money) == {"other"}
    assert of({"basis": "event-cost"}, money) == {"event_cost"}
    assert of({}, {**money, "condition": "年营业收入2万元以上"}) == {"revenue"}
    digital = {"basis": "digital-investment"}
    assert of(digital, {**money, "condition": "投资2万元以上"}) == {"digital_investment"}
    assert of(digital, {**money, "threshold_of": "trade"}) == {"other"}
    first = segments_of(term_of({"tiers_apply": "highest"}), tiers_of([area]))[0]
    assert first.span.start == 10_000


# ------------------------------------------------------------------------------------------ laws

money = st.integers(0, 10**12)
rates = st.decimals(0, 100, places=2)
caps = st.none() | st.integers(0, 10**9)


@st.composite
def rate_terms(draw):
    """A rate of an investment, a ceiling or fixed, with a cap or without."""
    kind = draw(st.sampled_from(["ceiling", "fixed"]))
    cells = {"basis": "project-investment", "rate_kind": kind, "rate_pct": draw(rates)}
    return term_of({**cells, "cap_yuan": draw(caps)})


@st.composite
def ladders(draw, *, give=None, apply=None):
    """A term with tiers in rising order, of any sort, and what it is a ladder of."""
    variable, measure = draw(st.sampled_from([("area", "平方米"), ("project-investment", "元")]))
    count = draw(st.integers(1, 4))
    ends = sorted(draw(st.sets(st.integers(0, 10**7), min_size=count + 1, max_size=count + 1)))
    give = give or draw(st.sampled_from(["rate", "lump", "cap"]))
    values = {
        "rate": st.lists(rates, min_size=count, max_size=count),
        "lump": st.lists(st.integers(0, 10**8), min_size=count, max_size=count),
    }["rate" if give == "rate" else "lump"]
    column = {"rate": "rate_pct", "lump": "amount_yuan", "cap": "cap_yuan"}[give]
    rows = [
        {
            "threshold_min": low,
            "threshold_max": draw(st.sampled_from([None, high])),
            "threshold_measure": measure,
            "threshold_of": variable,
            "min_excluded": draw(st.sampled_from([None, True, False])),
            "max_excluded": draw(st.sampled_from([None, True, False])),
            column: value,
        }
        for low, high, value in zip(ends[:-1], ends[1:], sorted(draw(values)), strict=True)
    ]
    basis = "rent" if variable == "area" else variable
    term = {
        "tiers_apply": apply or draw(st.sampled_from(["highest", "marginal", "unstated"])),
        "basis": basis,
        "rate_kind": draw(st.sampled_from(["ceiling", "fixed"])),
        "cap_yuan": None if give == "cap" else draw(caps),
    }
    return term_of(term), tiers_of(rows)


@given(term=rate_terms(), investment=money, more=money)
def test_rate_laws(term, investment, more):
    """A rate is whole yuan, never above its cap or its base, and never falls as the base grows."""
    segments = segments_of(term)
    here = evaluate(segments, {"investment": investment})
    there = evaluate(segments, {"investment": investment + more})
    assert isinstance(here.low, int)
    assert isinstance(here.high, int)
    assert 0 <= here.low <= here.high <= investment
    assert term.cap_yuan is None or here.high <= term.cap_yuan
    assert here.high <= there.high
    exact = investment * term.rate_pct / 100
    assert here.high == min(int(exact), exact if term.cap_yuan is None else term.cap_yuan)


@given(ladder=ladders(), size=st.integers(0, 2 * 10**7), rent=money)
def test_ladder_laws(ladder, size, rent):
    """Whatever the tiers: whole yuan, low to high, within cap and base, nothing below the first."""
    term, tiers = ladder
    figures = {"investment": size, "area": size, "rent": rent}
    result = evaluate(segments_of(term, tiers), figures)
    assert isinstance(result.high, int)
    assert 0 <= result.low <= result.high
    assert term.cap_yuan is None or result.high <= term.cap_yuan
    if tiers[0].rate_pct is not None:
        assert result.high <= (rent if term.basis == "rent" else size)
    if size < tiers[0].threshold_min:
        assert result.high == 0


@given(ladder=ladders(), size=st.integers(0, 2 * 10**7))
def test_at_most_one_piece_holds(ladder, size):
    """Of the pieces of one reading at most one holds, at thresholds too."""
    term, tiers = ladder
    segments = segments_of(term, tiers)
    ends = {tier.threshold_min for tier in tiers} | {tier.threshold_max for tier in tiers}
    for point in {size, *(int(end) for end in ends if end is not None)}:
        figures = {"investment": point, "area": point, "rent": 1}
        holding = [
            piece.reading
            for piece in segments
            if all(span.verdict(figures) == "yes" for span in piece.spans)
        ]
        assert len(holding) == len(set(holding))


@given(ladder=ladders(give="lump", apply="unstated"), size=money, more=money)
def test_lumps_rise(ladder, size, more):
    """Lumps that rise by threshold never fall as one has more, in any reading."""
    term, tiers = ladder
    tiers = [replace(tier, threshold_max=None) for tier in tiers]
    segments = segments_of(term, tiers)
    here, there = (evaluate(segments, {"investment": n, "area": n}) for n in (size, size + more))
    assert here.low <= there.low
    assert here.high <= there.high


@given(ladder=ladders(give="rate", apply="marginal"), size=st.integers(1, 2 * 10**7))
def test_marginal_bands_are_continuous(ladder, size):
    """Band by band, one unit more never loses money, and gains at most what it costs."""
    term, tiers = ladder
    if term.basis == "rent":
        return
    segments = segments_of(term, tiers)
    here, there = (evaluate(segments, {"investment": n}).high for n in (size, size + 1))
    assert here <= there <= here + 2


@settings(max_examples=50)
@given(ladder=ladders(), size=st.integers(0, 2 * 10**7), rent=money)
def test_json_says_all(ladder, size, rent):
    """What goes out to the page's script evaluates as the pieces themselves do."""
    segments = segments_of(*ladder)
    sent = [segment_from(json.loads(json.dumps(each.as_json()))) for each in segments]
    figures = {"investment": size, "area": size, "rent": rent}
    assert evaluate(sent, figures) == evaluate(segments, figures)


# ------------------------------------------------------------------------------------ applicants


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("investmnt=5", "是否指 investment"),
        ("investment", "名称=数值"),
        ("investment=", "名称=数值"),
        ("investment=-5", "不小于 0 的整数"),
        ("investment=1.5", "不小于 0 的整数"),
        ("investment=٣", "不小于 0 的整数"),
        ("investment=1,00", "不小于 0 的整数"),
        (f"people={'9' * 5000}", "大得不可能"),
        ("kind=农户", "enterprise（企业）"),
        ("rent=5 area=0", "租用面积"),
        ("investment=5 digital_investment=6", "不能大于"),
        ("rent=5 rent=6", "给了两次"),
    ],
)
def test_impossible_inputs(pair, said):
    """An unknown or impossible input is refused in words that say what would do."""
    with pytest.raises(ImpossibleInput, match=said):
        read_applicant(pair.split(), KINDS)


def test_kinds_and_places():
    """A kind goes by code or label; a township is a locality that claims no village's grant."""
    assert read_applicant(["kind=企业"], KINDS).kind == "enterprise"
    assert read_applicant(["kind=Enterprise"], KINDS).kind == "enterprise"
    township = read_applicant(["kind=乡镇", "investment=8,000,000"], KINDS)
    assert (township.kind, township.place) == ("locality", "township")
    assert township.figures == {"investment": 8_000_000}
    project = term_of({"beneficiary_kind": "project"})
    assert township.may_claim(replace(project, per="township"))
    assert not township.may_claim(replace(project, per="village"))
    assert Applicant(kind="enterprise").may_claim(project)
    assert not Applicant(kind="person").may_claim(project)
    unit = term_of({"beneficiary_kind": "institution", "per": "unit"})
    assert Applicant(kind="enterprise").may_claim(unit)
    assert not Applicant(kind="person").may_claim(unit)
    assert Applicant().may_claim(unit)


# --------------------------------------------------------------------------------------- outlets


def run(*arguments):
    return CliRunner().invoke(
        main, ["estimate", "--package", str(ROOT / "datapackage.json"), *arguments]
    )


def test_estimate_as_json():
    """Scripts get a list in order of amount, with the promised keys, sums in yuan."""
    done = run("kind=enterprise", "investment=20000000", "--format", "json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    promised = "term_id section_id low high binding formula payer_level certainty unknown"
    assert all(list(row)[:9] == promised.split(" ") for row in rows)
    sums = [row["high"] for row in rows if row["high"] is not None]
    assert sums == sorted(sums, reverse=True)
    assert [row["high"] for row in rows[len(sums) :]] == [None] * (len(rows) - len(sums))
    assert {"project", "enterprise"} <= {row["beneficiary_kind"] for row in rows}


def test_tax_is_never_cash(shipped):
    """What a tax rate or a deduction gives stands apart from money that is paid out."""
    figures = dict.fromkeys(INPUTS, 10**7)
    for each in estimate(shipped, Applicant(figures=figures)):
        instrument = next(t for t in shipped.subsidy_terms if t.term_id == each.term_id).instrument
        assert (each.kind == "cash") == (not instrument.startswith("tax-"))
        if each.kind == "tax":
            assert (each.low, each.high) == (None, None)


def test_estimate_as_text():
    """Readers get amounts, the limit that binds, and that nothing is added up or decided."""
    done = run("kind=企业", "investment=20000000", "rent=240000", "area=600")
    assert done.exit_code == 0
    for words in (
        "按 30% 为 600万元，受 500万元上限限制",
        "12万元至18万元",
        "分档计算：算得 18万元",
        "还需给出：活动费用",
        "以上各项没有相加",
        "不是审批决定",
    ):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["rent=x"], 2), (["--format", "xml"], 2), (["--package", "nowhere.json"], 1)],
)
def test_estimate_refuses(arguments, code):
    """Wrong usage exits 2, a package that cannot be used 1, neither with a traceback."""
    done = run(*arguments)
    assert done.exit_code == code
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit)


def test_the_sums_of_one_term_are_never_rounded_up():
    """Less than a yuan is dropped, exactly, where floating point would gain one."""
    cells = {"basis": "project-investment", "rate_kind": "fixed", "rate_pct": Decimal("0.1")}
    segments = segments_of(term_of(cells))
    assert evaluate(segments, {"investment": 999_999_999_999_999}).high == 999_999_999_999
