// The calculator's page: what the plan may be worth to one applicant. Everything is computed here,
// in the reader's browser; the address holds what was entered, so that it can be sent to others.

import { estimator, fill } from "./estimate.js";

const BLOCKS = ["computed", "missing", "fixed", "tax", "none", "unknown"];
const WORTH = new Set(["computed", "fixed", "tax"]);

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function link(root, path, words) {
  const anchor = element("a", "", words);
  anchor.href = root + path;
  return anchor;
}

/** Largest first, as `planpub estimate` lists them. */
function order(a, b) {
  const bigger = (x, y) => (x === y ? 0 : (x ?? -1n) < (y ?? -1n) ? 1 : -1);
  return bigger(a.high, b.high) || bigger(a.low, b.low) || (a.term.id < b.term.id ? -1 : 1);
}

function mountCalculator(form, output, data) {
  const { estimate, readFields, printInput } = estimator(data);
  const words = data.page;
  const { root } = form.dataset;
  const fields = [...form.querySelectorAll("input")];
  const { kind, section } = form.elements;
  const jump = form.querySelector("[data-jump]");

  const fits = (term) =>
    (!kind.value || term.kinds.includes(kind.value)) &&
    (!section.value || term.within.includes(section.value));

  /** Shows the fields that the chosen terms depend on, and those that were filled in. */
  function showFields(terms) {
    const asked = new Set(terms.flatMap((term) => term.inputs));
    for (const field of fields) {
      field.closest("label").hidden = !asked.has(field.name) && !field.value;
    }
  }

  function item(result) {
    const { term } = result;
    const fact = (label, ...content) =>
      element("div", "", element("dt", "", label), element("dd", "", ...content));
    const clause = [element("q", "", term.evidence), " ", link(root, term.section.path, term.section.title)];
    const unknown = element("ul", "", ...result.unknown.map((each) => element("li", "", each)));
    const more = element(
      "details",
      "pp-more-of",
      element("summary", "", words.more),
      element("dl", "pp-result__facts", fact(words.clause, ...clause), fact(words.open, unknown)),
    );
    const badge = element("span", `pp-badge pp-badge--${term.certainty.term}`, term.certainty.label);
    badge.title = term.certainty.help;
    return element(
      "li",
      "pp-result",
      element("h3", "", link(root, term.path, term.title)),
      element("p", "pp-result__sum", result.headline, " ", badge),
      element("p", "pp-result__how", result.explanation),
      element("dl", "pp-result__facts", fact(words.condition, term.eligibility), fact(words.payer, term.payer)),
      more,
    );
  }

  function block(name, results) {
    const title = `${words[name]} (${results.length})`;
    const list = element("ol", "pp-results", ...results.map(item));
    if (WORTH.has(name)) return [element("h2", "", title), list];
    return [element("details", "", element("summary", "", title), list)];
  }

  /** What the plan leaves open between several of the terms shown. */
  function between(results) {
    const shown = new Map(results.map((each) => [each.term.id, each.term]));
    const open = data.questions
      .map((each) => ({ ...each, terms: each.terms.filter((id) => shown.has(id)) }))
      .filter((each) => each.terms.length > 1)
      .map((each) => [each.question, each.readings, each.terms.map((id) => shown.get(id))]);
    for (const base of new Set(results.map((each) => each.term.base).filter(Boolean))) {
      const same = [...shown.values()].filter((term) => term.base === base);
      if (same.length < 2) continue;
      const input = data.inputs[base]?.title ?? data.derived[base];
      open.unshift([fill(words.same_base, { number: same.length, input }), [], same]);
    }
    return open.map(([question, readings, terms]) =>
      element(
        "aside",
        "pp-remark pp-remark--question",
        element("p", "", question),
        ...(readings.length ? [element("ul", "", ...readings.map((each) => element("li", "", each)))] : []),
        element("p", "pp-result__terms", ...terms.flatMap((each) => [link(root, each.path, each.title), " "])),
      ),
    );
  }

  function given(figures) {
    const who = kind.value ? kind.selectedOptions[0].textContent : words.anybody;
    const what = section.value ? [section.selectedOptions[0].textContent.trim()] : [];
    const sums = Object.entries(figures).map(
      ([name, value]) => `${data.inputs[name].title} ${printInput(name, BigInt(value))}`,
    );
    return element("p", "pp-given", [who, ...what, ...sums].join(words.separator));
  }

  function command(figures) {
    const pairs = Object.entries(figures).map(([name, value]) => `${name}=${value}`);
    const all = ["planpub estimate", ...(kind.value ? [`kind=${kind.value}`] : []), ...pairs];
    return element("p", "pp-command", words.command, " ", element("code", "", all.join(" ")));
  }

  function show() {
    const figures = readFields(fields);
    const terms = data.terms.filter(fits);
    showFields(terms);
    const results = terms.map((term) => estimate(term, figures)).sort(order);
    const worth = results.filter((each) => WORTH.has(each.block));
    const open = between(worth);
    jump.textContent = fill(words.results, { number: worth.length });
    output.replaceChildren(
      given(figures),
      ...(worth.length ? [element("p", "pp-caution", words.caution)] : []),
      ...BLOCKS.slice(0, 4).flatMap((name) => blocksOf(name, results)),
      ...(open.length ? [element("h2", "", words.between), ...open] : []),
      ...BLOCKS.slice(4).flatMap((name) => blocksOf(name, results)),
      ...(terms.length ? [] : [element("p", "", words.nobody)]),
      command(figures),
    );
  }

  function blocksOf(name, results) {
    const found = results.filter((each) => each.block === name);
    return found.length ? block(name, found) : [];
  }

  function remember() {
    const entered = [...new FormData(form)].filter(([, value]) => value.trim());
    const address = new URL(location.href);
    address.search = new URLSearchParams(entered);
    history.replaceState(null, "", address);
  }

  function recall() {
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("reset", () =>
    setTimeout(() => {
      show();
      remember();
    }),
  );
  form.querySelector("[data-print]").addEventListener("click", () => print());
  recall();
  jump.hidden = false;
  show();
  if (!location.search) remember(); // what was entered before this was ready
}

addEventListener("beforeprint", () => {
  const address = document.querySelector(".pp-calculator ~ * [data-address]");
  if (address) address.textContent = location.href;
  for (const each of document.querySelectorAll("[data-results] .pp-more-of")) each.open = true;
});

// The terms are asked for when a reader begins, or where the address has what was entered.
export function mount(page) {
  const form = page.querySelector("form[data-calculator]");
  const start = async () => {
    const answer = await fetch(form.dataset.calculator);
    mountCalculator(form, page.querySelector("[data-results]"), await answer.json());
  };
  const isFilled = [...new FormData(form)].some(([, value]) => value.trim());
  const isBegun = isFilled || form.contains(document.activeElement); // before this script was here
  if (location.search || isBegun) start();
  else form.addEventListener("focusin", start, { once: true });
}
