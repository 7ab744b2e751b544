// What a term is worth for given figures: evaluates the segments that generator/plan/payoff.py
// makes, with the same result. Arithmetic is exact: whole numbers of any size, and ratios of them.
// tests/plan/vectors.json is run against both.

const DERIVED = {
  revenue_increase: ["revenue", "revenue_previous"],
  revenue_growth_pct: ["revenue", "revenue_previous"],
};

// A ratio is [numerator, denominator] of BigInts, the denominator above 0.
const whole = (number) => [BigInt(number), 1n];
const less = (a, b) => a[0] * b[1] < b[0] * a[1];
const add = (a, b) => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const times = (a, b) => [a[0] * b[0], a[1] * b[1]];
const floor = ([n, d]) => (n % d !== 0n && n < 0n ? n / d - 1n : n / d);

/** The exact value of a number as JSON writes it. */
function exact(number) {
  const [digits, exponent = "0"] = String(number).split("e");
  const [before, after = ""] = digits.split(".");
  const power = Number(exponent) - after.length;
  const value = BigInt(before + after);
  return power < 0 ? [value, 10n ** BigInt(-power)] : [value * 10n ** BigInt(power), 1n];
}

/** The inputs that an applicant could give and has not; none for what is not asked. */
function missingFor(variable, figures, inputs) {
  return (DERIVED[variable] ?? [variable]).filter(
    (name) => inputs.includes(name) && !(name in figures),
  );
}

/** A variable's value as a ratio, or null where it is not given or not defined. */
function valueOf(variable, figures) {
  if (!(variable in DERIVED)) return variable in figures ? whole(figures[variable]) : null;
  if (DERIVED[variable].some((name) => !(name in figures))) return null;
  const [now, before] = DERIVED[variable].map((name) => BigInt(figures[name]));
  if (variable === "revenue_increase") return [now > before ? now - before : 0n, 1n];
  return before ? [(now - before) * 100n, before] : null;
}

function holds(span, value) {
  if (span.from !== null) {
    const start = exact(span.from);
    if (less(value, start) || (span.from_open && !less(start, value))) return false;
  }
  if (span.to === null) return true;
  const end = exact(span.to);
  return span.to_open ? less(value, end) : !less(end, value);
}

function verdictOf(span, figures, inputs) {
  const value = valueOf(span.variable, figures) ?? (span.absent == null ? null : whole(span.absent));
  if (value === null) {
    return missingFor(span.variable, figures, inputs).length ? "missing" : "unknown";
  }
  return holds(span, value) ? "yes" : "no";
}

function spansOf(segment) {
  const own = segment.span ? [segment.span] : [];
  const open = { from: null, from_open: false, to: null, to_open: false };
  const spread = segment.spread ? [{ variable: segment.spread, ...open }] : [];
  return [...segment.gates, ...own, ...spread];
}

function verdict(segment, figures, inputs) {
  const verdicts = spansOf(segment).map((span) => verdictOf(span, figures, inputs));
  return ["no", "missing", "unknown"].find((each) => verdicts.includes(each)) ?? "yes";
}

function uncapped(segment, figures) {
  const x = (segment.span && valueOf(segment.span.variable, figures)) || whole(0);
  const line = add(times(exact(segment.slope_pct), [x[0], x[1] * 100n]), exact(segment.intercept));
  if (!segment.spread) return line;
  return x[0] ? times(times(line, whole(figures[segment.spread])), [x[1], x[0]]) : whole(0);
}

function pieceValue(segment, figures, certain) {
  const value = uncapped(segment, figures);
  const cap = segment.cap_yuan === null ? null : BigInt(segment.cap_yuan);
  const capped = cap !== null && less([cap, 1n], value);
  const high = capped ? cap : floor(value);
  return {
    reading: segment.reading,
    low: certain ? high : 0n,
    high,
    uncapped: floor(value),
    binding: capped ? "cap" : segment.limit,
    segment,
  };
}

const NOTHING = { low: 0n, high: 0n, uncapped: 0n, binding: "threshold", segment: null };

function readingValue(reading, judged, figures) {
  const sure = judged.find(([, said]) => said === "yes");
  if (sure) return pieceValue(sure[0], figures, true);
  return judged
    .filter(([, said]) => said === "unknown")
    .map(([piece]) => pieceValue(piece, figures, false))
    .reduce((best, each) => (best.segment && each.high <= best.high ? best : each), {
      ...NOTHING,
      reading,
    });
}

/** Inputs without which it cannot be said which piece holds, or what it gives. */
function missingOf(judged, figures, inputs) {
  if (judged.some(([, said]) => said === "yes")) return [];
  return judged
    .filter(([, said]) => said === "missing")
    .flatMap(([piece]) => spansOf(piece))
    .filter((span) => span.absent == null)
    .flatMap((span) => missingFor(span.variable, figures, inputs));
}

/**
 * The value of a term's segments. `figures` maps names to whole numbers, `inputs` are all names
 * that can be given, in their order. Sums are BigInt yuan; null where they cannot be computed.
 */
export function evaluate(segments, figures, inputs) {
  const groups = new Map();
  for (const segment of segments) {
    const judged = [segment, verdict(segment, figures, inputs)];
    groups.set(segment.reading, [...(groups.get(segment.reading) ?? []), judged]);
  }
  const missing = [...groups.values()].flatMap((judged) => missingOf(judged, figures, inputs));
  if (missing.length || !groups.size) {
    const named = inputs.filter((name) => missing.includes(name));
    return { low: null, high: null, binding: null, readings: [], missing: named };
  }
  const readings = [...groups].map(([reading, judged]) => readingValue(reading, judged, figures));
  // Of equals the last: a floor comes first, and what it says of nothing is no limit.
  const best = readings.reduce((a, b) => (b.high >= a.high ? b : a));
  const low = readings.reduce((a, b) => (b.low < a.low ? b : a)).low;
  return { low, high: best.high, binding: best.binding, readings, missing: [] };
}
