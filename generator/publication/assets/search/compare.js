// How well a page answers: its texts held against what was asked.
"use strict";

const PLACES = { title: 1, clause: 0.9, content: 0.7, entry: 0.5 };
const APART = 0.8; // what words are worth that stand in a title, but not together
const WANTED = 0.25; // what a page gains by being of the kind that the wording asks for
const VERBATIM = 0.15; // what a page gains that says a query with a number as it was typed: 120万户
const NAMED_UNIT = 0.3; // what a unit's page gains where the query names the unit among other words
const TABLE = 0.5; // what the page of a table of data loses: few ask for data, and they say so
const KINDS = { section: 0.05, target: 0.03, unit: 0.02, term: 0.02, task: 0, page: -0.1 };

// How well the text of a page answers.
export function compare(page, asked, concepts, rank) {
  const worth = concepts.reduce((sum, each) => sum + each.worth, 0) || 1;
  const share = (measureOf) =>
    concepts.reduce((sum, each) => sum + each.worth * measureOf(each), 0) / worth;
  const { title } = page.plain;
  const inTitle = (concept) =>
    Math.max(0, ...concept.ways.map((way) => heads(way, page)));
  const covered = share((concept) => Math.max(0, ...concept.ways.map((way) => holds(way, page))));
  const wanted = asked.wanted.includes(page.kind) ? WANTED : 0;
  const isTable = page.entry.startsWith("dataset-");
  const list = asked.listed && page.kind === "page" && !isTable ? 0.5 : 0;
  const isNamed = ({ ways }) => ways.some((way) => way.page && page.marks.has(way.mark));
  const named = concepts.some((concept) => concept.text === asked.core && isNamed(concept));
  const score =
    covered +
    0.4 * share(inTitle) +
    0.35 * together(asked.core, page) +
    0.25 * tightness(concepts, title) +
    0.2 * echo(asked.said, title) +
    (named ? 0.65 : isTitle(asked, page) ? 0.5 : 0) +
    (KINDS[page.kind] ?? 0) -
    (isTable ? TABLE : 0) +
    (asked.counts && page.plain.content.includes(asked.text) ? VERBATIM : 0) +
    (page.kind === "unit" && concepts.some(isNamed) ? NAMED_UNIT : 0) +
    wanted +
    list -
    rank / 1e3;
  return { score, covered };
}

// Whether the query is the title of a page, or its id as words.
function isTitle({ core, text }, { plain }) {
  return [core, text].includes(plain.title) || core.replaceAll("-", " ") === plain.entry;
}

// How far a way is met by a page: by a mark, or by its words in the best place they stand in.
function holds(way, page) {
  if (way.mark) return page.marks.has(way.mark) ? way.weight : 0;
  return Math.max(
    ...Object.entries(PLACES).map(([place, value]) => value * standsIn(way, page, place)),
  );
}

// How far a title says a way. A page's own mark, a figure, a year say what it is about as a title does.
function heads(way, page) {
  if (way.mark) return way.heads && page.marks.has(way.mark) ? way.weight : 0;
  return standsIn(way, page, "title");
}

// 1 where the words stand together, less where all stand apart, or only a part of them.
export function standsIn(way, page, place) {
  if (!way.text) return 0;
  const text = page.plain[place];
  const start = page.offsets[place];
  for (let at = text.indexOf(way.text); at >= 0; at = text.indexOf(way.text, at + 1)) {
    // Not across the border of two words, as 上市 in 线上市场.
    if (start === undefined || page.starts.has(start + at)) return way.weight;
  }
  if (place !== "content" && standsApart(way, text)) return APART * way.weight;
  return (0.5 * way.weight * common(way.text, text)) / way.text.length;
}

// Whether a text has all words of a way, one after the other: 十大工程 in 十大重点工程.
function standsApart({ text: whole, words = [] }, text) {
  const longer = words.filter(({ word }) => word.length > 1);
  if (longer.reduce((sum, { word }) => sum + word.length, 0) < whole.length) return false;
  let at = 0;
  return longer.every(({ word }) => {
    at = text.indexOf(word, at) + word.length;
    return at >= word.length;
  });
}

// How much of the query stands in one piece, in the best place.
function together(core, page) {
  if (!core) return 0;
  const parts = Object.entries(PLACES).map(
    ([place, value]) => value * (common(core, page.plain[place]) / core.length) ** 2,
  );
  return Math.max(...parts);
}

// The part of a title that the query speaks of.
function tightness(concepts, title) {
  const spoken = concepts.map(({ ways }) =>
    Math.max(0, ...ways.map((way) => (way.text && title.includes(way.text) ? way.text.length : 0))),
  );
  return Math.min(1, spoken.reduce((sum, size) => sum + size, 0) / title.length);
}

// The share of the characters asked for that a title has, in whatever order.
function echo(said, title) {
  const chars = [...new Set(said)];
  return chars.filter((char) => title.includes(char)).length / (chars.length || 1);
}

// The length of the longest string that two texts share.
function common(one, other) {
  for (let size = Math.min(one.length, other.length); size > 1; size -= 1) {
    for (let at = 0; at + size <= one.length; at += 1) {
      if (other.includes(one.slice(at, at + size))) return size;
    }
  }
  return 0;
}
