// Results as elements: what a page is, where it stands, the clause that matches.
"use strict";

const LENGTH = 100; // characters of an excerpt

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

// The clause; or, where more of the words stand there, the sentences of the page that have them.
function excerpt({ title, clause, content }, words) {
  const spoken = (text) => words.filter((word) => text.toLowerCase().includes(word));
  const opens = content.startsWith(title) ? title.length : 0;
  const sentences = content.slice(opens).split(/(?<=[。；;]|\.\s)\s*/).filter((each) => /\p{L}/u.test(each));
  const fitting = sentences.filter((each) => spoken(each).length && !each.includes(title));
  const text = (fitting.length ? fitting : sentences.slice(0, 1)).map((each) => shortened(each, words)).join(" ");
  if (clause && spoken(clause).length >= spoken(text.slice(0, LENGTH)).length) return clause;
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}

// A long sentence from shortly before the first of the words on.
function shortened(sentence, words) {
  const places = words.map((word) => sentence.toLowerCase().indexOf(word)).filter((at) => at >= 0);
  const first = Math.min(...places, sentence.length);
  return first < LENGTH / 2 || !places.length ? sentence : `…${sentence.slice(first - LENGTH / 4)}`;
}

function marked(text, words) {
  if (!words.length) return [text];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pieces = text.split(new RegExp(`(${escaped.join("|")})`, "gi"));
  return pieces.map((piece, at) => (at % 2 ? element("mark", {}, piece) : piece)).filter(Boolean);
}
