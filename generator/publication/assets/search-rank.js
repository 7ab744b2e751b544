// Runs what was understood against the index, and puts the pages in order.
//
// Two steps: Pagefind's scores, summed over the words of all ways, choose a few candidates; of these
// the texts are loaded and compared with the query. An engine gives the pages of a word and the text
// of a page, so that nothing here knows Pagefind.
"use strict";

import { understand } from "./search-query.js";

const CANDIDATES = 20; // pages whose texts are loaded and compared
const PLACES = { title: 1, clause: 0.8, content: 0.6 };
const WANTED = 0.12; // what a page gains by being of the kind that the wording asks for
const KINDS = { section: 0.03, target: 0.03, unit: 0.02, term: 0.02, task: 0, page: -0.04 };

// All pages that may answer: { asked, ids, order(ids) → pages with their texts, best first }.
export async function find(query, lexicon, engine) {
  const asked = understand(query, lexicon);
  const concepts = await Promise.all(asked.concepts.map((each) => measure(each, lexicon, engine)));
  const ids = gather(concepts);
  const order = async (chosen, from = 0) => {
    const pages = await Promise.all(chosen.slice(from, from + CANDIDATES).map(engine.page));
    return pages
      .map((page, rank) => ({ ...page, score: compare(page, asked, concepts) - rank / 1e3 }))
      .sort((a, b) => b.score - a.score);
  };
  return { asked, concepts, ids, order };
}

// A concept with the pages that hold it, 0 to 1, and its worth: the rarer, the more it says.
async function measure(concept, lexicon, engine) {
  const pages = new Map();
  let full = new Set();
  for (const way of concept.ways) {
    const found = await Promise.all((way.words ?? [way.mark]).map(engine.postings));
    for (const [id, share] of combine(found)) {
      const value = way.weight * share.part ** 2 * (0.6 + 0.4 * share.strength);
      if (value > (pages.get(id) ?? 0)) pages.set(id, value);
      if (share.part === 1 && !way.page) full.add(id);
    }
  }
  if (!full.size) full = pages;
  const rarity = Math.log(1 + lexicon.pages / (1 + full.size));
  return { ...concept, pages, worth: concept.weight * rarity };
}

// Pages of several words: what part of the words each has, and how strongly next to the best.
function combine(found) {
  const shares = new Map();
  for (const postings of found) {
    for (const [id, score] of postings) {
      const share = shares.get(id) ?? { part: 0, strength: 0 };
      shares.set(id, { part: share.part + 1 / found.length, strength: share.strength + score });
    }
  }
  const most = Math.max(...[...shares.values()].map((share) => share.strength), 1e-9);
  for (const share of shares.values()) {
    share.strength /= most;
    if (share.part > 0.999) share.part = 1;
  }
  return shares;
}

// Ids of pages, most promising first, down to half of what the best one covers.
function gather(concepts) {
  const totals = new Map();
  for (const { pages, worth } of concepts) {
    for (const [id, value] of pages) totals.set(id, (totals.get(id) ?? 0) + worth * value);
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1]);
  return ranked.filter(([, total]) => total >= ranked[0][1] * 0.4).map(([id]) => id);
}

// How well the text of a page answers.
function compare(page, asked, concepts) {
  const worth = concepts.reduce((sum, each) => sum + each.worth, 0) || 1;
  const share = (measureOf) =>
    concepts.reduce((sum, each) => sum + each.worth * measureOf(each), 0) / worth;
  const title = page.plain.title;
  const inTitle = (concept) => Math.max(0, ...concept.ways.map((way) => standsIn(way, title)));
  const covered = share((concept) => Math.max(0, ...concept.ways.map((way) => holds(way, page))));
  const wanted = asked.wanted.includes(page.kind) ? WANTED : 0;
  const list = asked.listed && page.kind === "page" ? 0.5 : 0;
  const core = asked.core;
  return (
    covered +
    0.4 * share(inTitle) +
    0.35 * (core ? common(core, title) / core.length : 0) +
    0.25 * (tightness(concepts, title) || 0) +
    (core && core === title ? 0.5 : 0) +
    (KINDS[page.kind] ?? 0) +
    wanted +
    list
  );
}

// How far a way is met by a page: by a mark, or by its words in the best place they stand in.
function holds(way, page) {
  if (way.mark) return page.marks.has(way.mark) ? way.weight : 0;
  return Math.max(
    ...Object.entries(PLACES).map(([place, value]) => value * standsIn(way, page.plain[place])),
  );
}

// 1 where the words stand together, half of the part of them that stands apart.
function standsIn(way, text) {
  if (!way.text) return 0;
  if (text.includes(way.text)) return way.weight;
  const there = way.words.filter((word) => text.includes(word)).length;
  return way.words.length > 1 ? (0.6 * way.weight * there) / way.words.length : 0;
}

// The part of a title that the query speaks of.
function tightness(concepts, title) {
  const spoken = concepts.map(({ ways }) =>
    Math.max(0, ...ways.map((way) => (way.text && title.includes(way.text) ? way.text.length : 0))),
  );
  return Math.min(1, spoken.reduce((sum, size) => sum + size, 0) / title.length);
}

// The length of the longest string that two texts share.
export function common(one, other) {
  for (let size = Math.min(one.length, other.length); size > 1; size -= 1) {
    for (let at = 0; at + size <= one.length; at += 1) {
      if (other.includes(one.slice(at, at + size))) return size;
    }
  }
  return 0;
}
