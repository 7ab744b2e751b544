// What a term comes to, in words: the sum, the limit that binds, and what is not known.
// Words, inputs and readings come with the data (see generator/publication/views/benefits.py).

import { evaluate } from "./payoff.js";

const SCALES = { 万: 4, 亿: 8, k: 3, thousand: 3, m: 6, million: 6, billion: 9 };
const NUMBER = /^([\d,\uff0c]+)(?:\.(\d+))?\s*(万|亿|k|m|thousand|million|billion)?\s*(元|yuan|平方米|人|m2|㎡)?$/i;

/** Fills the {gaps} of a message. */
export const fill = (message, gaps) => message.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

/** The whole number that a reader wrote (8000000, 8,000,000, 800万, 1.5亿), or null. */
export function readNumber(written) {
  const match = NUMBER.exec(written.trim());
  if (!match) return null;
  const [, before, after = "", scale = ""] = match;
  const zeros = (SCALES[scale.toLowerCase()] ?? 0) - after.length;
  const digits = BigInt(before.replace(/[,\uff0c]/g, "") + after);
  if (zeros >= 0) return digits * 10n ** BigInt(zeros);
  const part = 10n ** BigInt(-zeros);
  return digits % part ? null : digits / part;
}

/** Printers and readers for one set of data. */
export function estimator(data) {
  const { words, inputs, readings } = data;
  const names = Object.keys(inputs);
  const say = (key, gaps = {}) => fill(words[key], gaps);

  /** A number in figures, exactly: 500万, 1.5亿, 12345; 5 million, 12,345. */
  function printNumber(value) {
    for (const [size, word] of data.money.scales.map(([n, each]) => [BigInt(n), each])) {
      if (value >= size && (value * 100n) % size === 0n) {
        const hundredths = (value * 100n) / size;
        const after = String(hundredths % 100n).padStart(2, "0").replace(/0+$/, "");
        return `${hundredths / 100n}${after && `.${after}`}${word}`;
      }
    }
    return data.money.grouping
      ? String(value).replace(/\B(?=(\d{3})+$)/g, data.money.grouping)
      : String(value);
  }

  const money = (sum) => `${printNumber(sum)}${data.money.unit}`;

  /** A figure with its input's unit. */
  function printInput(name, value) {
    const { unit } = inputs[name];
    return `${printNumber(value)}${data.money.grouping ? " " : ""}${unit}`;
  }

  function limited(said, piece, binding) {
    if (piece.cap_yuan === null) return said;
    const cap = money(BigInt(piece.cap_yuan));
    return say(binding === "cap" ? "capped" : "uncapped", { said, cap });
  }

  const ofKind = (kind, sum) =>
    ({ tax: say("tax_due", { sum }), "taxable-income": say("less_income", { sum }) })[kind] ?? sum;

  /** One reading's sum and its limit. */
  function readingSays(term, value, figures) {
    const piece = value.segment;
    if (!piece) return say("no_tier");
    const sum = money(value.uncapped);
    if (piece.limit === "amount") return say("lump", { sum });
    if (piece.limit === "cap") return say("only_cap", { sum });
    if (piece.limit === "count" && piece.span) {
      const each = money(BigInt(Math.round(piece.slope_pct / 100)));
      const { variable } = piece.span;
      return say("by_count", { each, number: printInput(variable, BigInt(figures[variable])), sum });
    }
    const simple = !piece.spread && !piece.intercept;
    const worth = ofKind(term.kind, sum);
    const said = simple
      ? say("by_rate", { rate: `${piece.slope_pct}%`, sum: worth })
      : say("computed", { sum: worth });
    return limited(said, piece, value.binding);
  }

  function explanation(term, outcome, figures) {
    if (outcome.missing.length) {
      const titles = outcome.missing.map((name) => inputs[name].title);
      return say("still_needed", { inputs: titles.join(words.list) });
    }
    if (!outcome.readings.length) return say("no_sum");
    // The nothing beneath a ceiling competes with no other reading.
    const shown = outcome.readings.filter((each) => each.reading !== "floor" || each.high);
    const said = shown.map((each) => [each.reading, readingSays(term, each, figures)]);
    const alike = new Set(said.map(([, each]) => each)).size === 1;
    const all = alike
      ? said[0][1]
      : said.map(([code, each]) => say("reading", { reading: readings[code], said: each })).join(words.also);
    return term.yearly ? say("yearly", { said: all }) : all;
  }

  /** What is not known of this result, then what is never known of the term. */
  function unknown(term, outcome, figures) {
    const open = [];
    const values = outcome.readings.filter((each) => each.reading !== "floor");
    if (new Set(values.map((each) => each.high)).size > 1) {
      const each = values.map((v) => say("reading", { reading: readings[v.reading], said: money(v.high) }));
      open.push(say("reads", { readings: each.join(words.also) }));
    }
    if (outcome.high && outcome.readings.some((each) => each.reading.startsWith("floor"))) {
      open.push(say(term.ranged ? "between" : "ceiling"));
    }
    if (outcome.readings.some((each) => each.low !== each.high)) {
      open.push(say("unchecked", { conditions: term.conditions.join(words.also) }));
    }
    const first = term.segments.some((piece) => piece.gates.some((gate) => gate.absent != null));
    if (first && !("revenue_previous" in figures)) {
      open.push(say("first_time", { input: inputs.revenue_previous.title }));
    }
    const income = figures.taxable_income;
    if (term.kind === "taxable-income" && income !== undefined && outcome.high > BigInt(income)) {
      open.push(say("income_short", { sum: money(BigInt(income)) }));
    }
    return [...open, ...term.open];
  }

  /** The sum as a headline: 240万元, up to 5 million yuan, tax due and so on. */
  function headline(term, outcome) {
    if (outcome.high === null) return term.support;
    const { low, high } = outcome;
    const onlyCeiling = low === 0n && outcome.readings.some((each) => each.reading === "floor");
    const range = say("range", { low: money(low), high: money(high) });
    const sum = low === high ? money(high) : onlyCeiling ? say("most", { sum: money(high) }) : range;
    return ofKind(term.kind, sum);
  }

  /** Where it belongs: computed, fixed, tax, none, missing or unknown. */
  function block(term, outcome) {
    if (outcome.missing.length) return "missing";
    if (outcome.high === null) return "unknown";
    if (outcome.high === 0n) return "none";
    if (term.kind !== "cash") return "tax";
    return term.inputs.length ? "computed" : "fixed";
  }

  /** A term for the given figures: all that a page shows of it. */
  function estimate(term, figures) {
    const outcome = evaluate(term.segments, figures, names);
    return {
      term,
      ...outcome,
      block: block(term, outcome),
      headline: headline(term, outcome),
      explanation: explanation(term, outcome, figures),
      unknown: unknown(term, outcome, figures),
    };
  }

  /** Why figures contradict each other, by the input that is wrong. */
  function contradictions({ digital_investment: part, investment, area, rent }) {
    const found = {};
    const { digital_investment: digital, investment: all } = inputs;
    if (part !== undefined && investment !== undefined && BigInt(part) > BigInt(investment)) {
      found.digital_investment = say("part_of_whole", { part: digital.title, whole: all.title });
    }
    if (area !== undefined && BigInt(area) === 0n && rent) found.area = say("rent_without_area");
    return found;
  }

  /**
   * Reads the fields of a form: figures by name, and marks on the fields what cannot be.
   * Whatever is marked counts as not given.
   */
  function readFields(fields) {
    const figures = {};
    const marks = {};
    for (const field of fields) {
      const value = readNumber(field.value);
      if (!field.value.trim()) continue;
      if (value === null) marks[field.name] = say("no_number");
      else if (value > BigInt(inputs[field.name].limit)) marks[field.name] = say("too_large");
      else figures[field.name] = Number(value);
    }
    for (const [name, mark] of Object.entries(contradictions(figures))) {
      marks[name] = mark;
      delete figures[name];
    }
    for (const field of fields) mark(field, figures, marks);
    return figures;
  }

  function mark(field, figures, marks) {
    const note = document.getElementById(field.getAttribute("aria-describedby"));
    const wrong = marks[field.name];
    const value = figures[field.name];
    field.setAttribute("aria-invalid", String(Boolean(wrong)));
    const echo = value === undefined ? "" : say("equals", { sum: printInput(field.name, BigInt(value)) });
    note.textContent = wrong ?? echo;
  }

  return { estimate, readFields, printInput, money };
}
