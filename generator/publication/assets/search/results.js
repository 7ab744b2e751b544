// Results as elements: what a page is, where it stands, the clause that matches.
"use strict";

const LENGTH = 90; // characters of an excerpt
const STEP = 20;

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// The words to mark: those of the query and those that it was read as, the longest first.
export function spokenWords({ concepts }) {
  const words = concepts.flatMap(({ text, ways }) => [
    text,
    ...ways.flatMap((way) => (way.text ? [way.text, ...way.words.map(({ word }) => word)] : [])),
  ]);
  return [...new Set(words)].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
}

// A result: the link carries the kind and the id of the record.
export function resultItem(page, words) {
  const link = element("a", { href: page.url }, ...marked(page.title, words));
  [link.dataset.kind, link.dataset.id] = [page.kind, page.entry];
  const kind = element("span", { className: `pp-search__kind pp-search__kind--${page.kind}` });
  kind.textContent = page.label;
  const made = element("li", {}, element("p", { className: "pp-search__head" }, kind, link));
  if (page.where) made.append(element("p", { className: "pp-search__where" }, page.where));
  const clause = element("p", { className: "pp-search__clause" });
  clause.append(...marked(excerpt(page, words), words));
  made.append(clause);
  return made;
}

// The clause; or, where more of the words stand there, a part of the text.
function excerpt({ title, clause, content }, words) {
  const number = (text) => words.filter((word) => text.toLowerCase().includes(word)).length;
  const opens = content.startsWith(title) ? title.length : 0;
  const body = content.slice(opens).replace(/^[.\s]+/, "");
  const starts = Array.from({ length: Math.max(1, (body.length - LENGTH / 2) / STEP) }, (_, n) => n * STEP);
  const best = starts.reduce((a, b) =>
    number(body.slice(b, b + LENGTH)) > number(body.slice(a, a + LENGTH)) ? b : a,
  );
  const part = body.slice(best, best + LENGTH);
  if (clause && number(clause) >= number(part)) return clause;
  return `${best ? "…" : ""}${part}${best + LENGTH < body.length ? "…" : ""}`;
}

function marked(text, words) {
  if (!words.length) return [text];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pieces = text.split(new RegExp(`(${escaped.join("|")})`, "gi"));
  return pieces.map((piece, at) => (at % 2 ? element("mark", {}, piece) : piece)).filter(Boolean);
}
