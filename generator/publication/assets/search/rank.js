// Runs what was understood against the index, and puts the pages in order.
//
// Two steps: Pagefind's scores, summed over the words of all ways, choose a few candidates; of these
// the texts are loaded and compared with the query. An engine gives the pages of a word and the text
// of a page, so that nothing here knows Pagefind.
"use strict";

import { compare, standsIn } from "./compare.js";
import { understand } from "./query.js";

export const CANDIDATES = 20; // pages whose texts are loaded and compared
const NAMED = 3; // pages that are looked at because the query names them
const PHRASE = 0.5; // what words are worth more that stand side by side, as in the query
const GOOD = 0.9; // what the best page must cover for a query to be taken as it is written
const FAIR = 0.25; // the same of a long query, which says more than any page
const LONG = 14; // characters
const BETTER = 0.15; // by how much more a page must cover for it to be taken as it sounds
const MENDED = 0.05; // the same where a part of it is no word as it is written, and each is one as it sounds
const NEAR = 0.25; // what the best page must cover of a query without a known word to be a result
const LEAST = 0.15; // what a page must at least cover of the query to be shown,
const SOME = 0.6; // or, where the best covers little, how much of what that one covers
const FEW = 5; // pages with all of a concept: with fewer, its single characters are asked for too
const ALIKE = 0.4; // what a word is worth that only shares an uncommon character

// All pages that may answer: { asked, concepts, ids, order(ids, from), first }. `order` gives a few of
// the pages with their texts, best first; `first` are the first of them. Where nothing fits well, words
// that sound like known ones are read as these.
export async function find(query, lexicon, engine) {
  let found = await run(query, lexicon, engine);
  for (let tries = 0; tries < 3 && isDoubtful(found); tries += 1) {
    const better = await readOtherwise(found, lexicon, engine);
    if (!better) break;
    found = better;
  }
  return found;
}

// What is found where a query is read as something like it, if that is clearly better; else null.
async function readOtherwise(found, lexicon, engine) {
  await lexicon.listen();
  for (const text of found.asked.misheard()) {
    const other = await run(text, lexicon, engine);
    const mended = found.asked.odd && !other.asked.odd ? MENDED : BETTER;
    const better = found.asked.odd && standsWhole(other) ? 0 : mended;
    if (fit(other) >= fit(found) + better) return { ...other, asked: { ...other.asked, read: text } };
  }
  return null;
}

const fit = ({ first }) => first[0]?.covered ?? 0;
const standsWhole = ({ asked, first }) => first.some(({ plain }) => plain.content.includes(asked.core));
const isDoubtful = (found) =>
  fit(found) < (found.asked.text.length > LONG ? FAIR : GOOD) ||
  (found.asked.odd && found.asked.text.length <= LONG && !standsWhole(found));

async function run(query, lexicon, engine) {
  await lexicon.prepare(query);
  const asked = understand(query, lexicon);
  const concepts = await Promise.all(asked.concepts.map((each) => measure(each, lexicon, engine)));
  const promising = gather(concepts);
  const order = async (chosen, from = 0) => {
    const pages = await Promise.all(chosen.slice(from, from + CANDIDATES).map(engine.page));
    const all = withPhrases(asked, concepts, pages);
    const compared = pages.map((page, rank) => ({ ...page, ...compare(page, asked, all, rank) }));
    const best = Math.max(0, ...compared.map(({ covered }) => covered));
    const least = Math.min(LEAST, SOME * best);
    return compared.filter(({ covered }) => covered > least).sort((a, b) => b.score - a.score);
  };
  const first = await order(promising);
  // What was looked at and does not speak of it is no result.
  const speaks = new Set(first.map(({ id }) => id));
  const unseen = promising.slice(CANDIDATES);
  const ids = [...promising.slice(0, CANDIDATES).filter((id) => speaks.has(id)), ...unseen];
  const isKnown = concepts.some(({ text }) => text.length > 1 && lexicon.known.has(text));
  return fit({ first }) < NEAR && !isKnown
    ? { asked, concepts, order, ids: [], first: [] }
    : { asked, concepts, order, ids, first };
}

// A concept with the pages that hold it, 0 to 1, and its worth: the rarer, the more it says.
async function measure(concept, lexicon, engine) {
  const held = { pages: new Map(), full: new Set(), named: new Set() };
  const hold = (ways) => Promise.all(ways.map((way) => spread(way, engine, held)));
  await hold(concept.ways);
  const ways = [...concept.ways];
  const spoken = ways.filter((way) => way.text);
  if (held.full.size < FEW) await hold(spoken.map((way) => byCharacters(way, lexicon)));
  if (!held.pages.size) {
    const alike = spoken.flatMap(({ text }) => lexicon.sharing(text));
    ways.push(...alike.map((text) => ({ text, words: [{ word: text, at: 0 }], weight: ALIKE })));
    await hold(ways);
  }
  const rarity = Math.log(1 + lexicon.pages / (1 + (held.full.size || held.pages.size)));
  return { ...concept, ways, pages: held.pages, named: held.named, worth: concept.weight * rarity };
}

const byCharacters = (way, lexicon) => ({
  ...way,
  words: [...way.words, ...lexicon.lone(way.text)],
});

// Notes the pages that say a concept in one way: how much of its characters, how strongly.
async function spread(way, engine, { pages, full, named }) {
  const words = way.words ?? [{ word: way.mark, at: 0 }];
  const found = await Promise.all(words.map(({ word }) => engine.postings(word)));
  const shares = new Map();
  found.forEach((postings, number) => {
    const { word, at } = words[number];
    for (const [id, score] of postings) {
      const share = shares.get(id) ?? shares.set(id, { places: new Set(), strength: 0 }).get(id);
      for (let place = at; place < at + word.length; place += 1) share.places.add(place);
      share.strength += score;
    }
  });
  const all = new Set(words.flatMap(({ word, at }) => [...word].map((_, each) => at + each))).size;
  const most = Math.max(...[...shares.values()].map((share) => share.strength), 1e-9);
  for (const [id, { places, strength }] of shares) {
    const value = way.weight * (places.size / all) ** 2 * (0.6 + (0.4 * strength) / most);
    if (value > (pages.get(id) ?? 0)) pages.set(id, value);
    if (places.size === all) (way.page ? named : full).add(id);
  }
}

// Ids of pages, most promising first, down to half of what the best one covers; pages that a concept
// names are among the first.
function gather(concepts) {
  const totals = new Map();
  for (const { pages, worth } of concepts) {
    for (const [id, value] of pages) totals.set(id, (totals.get(id) ?? 0) + worth * value);
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1]);
  const fit = ranked.filter(([, total]) => total >= ranked[0][1] * 0.4).map(([id]) => id);
  const named = concepts.flatMap((concept) => [...concept.named]).slice(0, NAMED);
  return [...new Set([...fit.slice(0, CANDIDATES - named.length), ...named, ...fit])];
}

// Words that stood side by side in the query count for more as one than apart, where a page has them
// so too. Of phrases within each other the longest counts.
function withPhrases(asked, concepts, pages) {
  const all = [...concepts];
  const phrased = new Set();
  for (const run of asked.runs) {
    if (run.parts.some((part) => phrased.has(part))) continue;
    const parts = all.filter(({ text }) => run.parts.includes(text));
    const ways = [{ text: run.text, weight: 1 }, ...inOtherWords(run, parts)];
    const stands = (way) => pages.some((page) => standsIn(way, page, "content") === way.weight);
    if (!ways.some(stands)) continue;
    for (const part of run.parts) phrased.add(part);
    const worth = PHRASE * parts.reduce((sum, each) => sum + each.worth, 0);
    all.push({ text: run.text, ways, worth });
  }
  return all;
}

// A phrase with one of its words said in another way.
const inOtherWords = (run, parts) =>
  parts.flatMap((part) =>
    part.ways
      .filter((way) => way.text && way.text !== part.text)
      .map((way) => ({ text: run.text.replace(part.text, way.text), weight: way.weight })),
  );
