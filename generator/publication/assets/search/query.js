// What a reader typed, taken apart with the words of the lexicon.
//
// A query becomes concepts. Each concept has ways in which the site may say it: the words
// themselves, a synonym's, or a mark that pages carry (a unit, an amount, the number of an article).
// Knows nothing of pages, of Pagefind or of the document.
"use strict";

import { HAN, LATIN, cut } from "./lexicon.js";
import { takeNumbers } from "./numbers.js";

const WEAK = 0.35; // what a word is worth that every plan is full of, and a single character
const LONE = 0.08; // what a single character is worth beside words
const STRAY = 0.7; // what characters are worth beside words that make no word themselves
const SYNONYM = 0.9;
const LONGEST_RUN = 6; // words that may stand side by side as one phrase
const LIKE = 0.45; // what a word must at least share with a query to be near it
const HEARD = 8; // the longest word that is looked up by its sound

// A text of Latin letters that is pinyin of known words, as these words; else "".
function fromPinyin(text, lexicon) {
  const letters = text.replace(/[\s']/g, "");
  for (const blur of [(sound) => sound, blurred]) {
    const heard = new Map();
    for (const [sound, words] of [...lexicon.bySound, ...lexicon.pairsBySound]) {
      const word = words.find((each) => HAN.test(each) || /\d/.test(each)); // English is no pinyin
      if (word && !heard.has(blur(sound))) heard.set(blur(sound), word);
    }
    const words = spell(blur(letters), heard);
    if (words) return words.join("");
  }
  return "";
}

// Sounds that many do not tell apart.
const blurred = (sound) => sound.replace(/([zcs])h/g, "$1").replace(/ng/g, "n").replace(/v/g, "u");

function spell(letters, heard) {
  const best = [{ cost: 0, words: [] }];
  for (let at = 0; at < letters.length; at += 1) {
    if (!best[at]) continue;
    for (let end = at + 1; end <= Math.min(letters.length, at + 40); end += 1) {
      const word = heard.get(letters.slice(at, end));
      if (!word) continue;
      const cost = best[at].cost + (word.length === 1 ? 2.5 : 1) - 0.01 * word.length;
      if (!best[end] || cost < best[end].cost) best[end] = { cost, words: [...best[at].words, word] };
    }
  }
  const { cost, words } = best[letters.length] ?? {};
  // Single characters can spell anything: such a reading says nothing.
  return words && cost < 2 * words.length ? words : null;
}

const isLone = (text) => text.length === 1;

// Whether no lone character touches a part of a text: then a part of something odd was mended.
function fitsIn(text, at, size, lexicon) {
  const lone = ({ text: piece, known }) => HAN.test(piece) && (!known || isLone(piece));
  const stray = ({ text: piece }) => !lexicon.dropped.has(piece);
  return !cut(text, lexicon.known, lexicon.longest).some((piece) => {
    const touches = piece.at + piece.text.length === at || piece.at === at + size;
    return touches && lone(piece) && stray(piece);
  });
}

// A text in which a part that is no known word is read as one that is like it and fits; else "".
function mend(text, lexicon, wordsLike, fits) {
  for (let size = Math.min(HEARD, text.length); size > 1; size -= 1) {
    for (let at = 0; at + size <= text.length; at += 1) {
      const part = text.slice(at, at + size);
      const words = !lexicon.known.has(part) && HAN.test(part) ? wordsLike(part) : [];
      const word = words.find((each) => each.length === size && !lexicon.dropped.has(each));
      const mended = word && text.slice(0, at) + word + text.slice(at + size);
      if (mended && fits(mended, at, size)) return mended;
    }
  }
  return "";
}

// What a text may have been meant to be: with a word that sounds the same, or, where a part of it is
// no word, with one that differs in a character.
function mendings(text, lexicon, odd) {
  if (!lexicon.hasSounds) return [];
  const sameSound = (part) => lexicon.bySound.get(lexicon.sound(part)) ?? [];
  const fits = (...place) => fitsIn(...place, lexicon);
  const heard = mend(text, lexicon, sameSound, fits);
  const typed = odd ? mend(text, lexicon, (part) => lexicon.mistyped(part), () => true) : "";
  return [heard, typed].filter(Boolean);
}

// ------------------------------------------------------------------------------------- concepts

// What is asked: { text, said, counts, concepts, core, runs, wanted, listed, read, odd, misheard() }.
// That is the query, and without its fillers; whether it has a number; its concepts; the words that
// carry it, and those that stood side by side; the kinds of answer that its wording wants; whether it
// asks for all of a kind; how it was read where that is not how it was written; whether a part of it
// is no word, and what else may have been meant.
export function understand(query, lexicon) {
  const text = lexicon.singular(lexicon.normalise(query));
  const wanted = Object.entries(lexicon.intents)
    .filter(([, words]) => words.some((word) => text.includes(word)))
    .map(([kind]) => kind);
  const [rest, numbers] = takeNumbers(text, lexicon);
  const { pieces, read } = readPieces(rest, lexicon);
  const listed = pieces.some((piece) => lexicon.lists.includes(piece.text));
  const meant = pieces.filter((piece) => !lexicon.dropped.has(piece.text));
  const named = meant.filter((piece) => !lexicon.lists.includes(piece.text));
  const kept = named.length || numbers.length ? named : pieces;
  const beside = kept.some((piece) => !isLone(piece.text));
  const concepts = [...numbers, ...kept.map((piece) => conceptOf(piece, lexicon, beside))];
  const [core, said] = [kept, meant].map(written);
  const odd = pieces.some(({ text: each, known }) => HAN.test(each) && (!known || isLone(each)));
  const misheard = () => mendings(text, lexicon, odd);
  const [runs, counts] = [runsOf(kept, lexicon), numbers.length > 0];
  return { text, said, counts, concepts, core, runs, wanted, listed, read, odd, misheard };
}

// Pieces as one text, with spaces between Latin words only.
const written = (pieces) =>
  pieces.map(({ text }) => text).reduce(
    (all, text) => all + (LATIN.test(all.at(-1) ?? "") && LATIN.test(text[0]) ? " " : "") + text, "");

// Pieces that stood side by side, two and more of them, the longest first: { text, parts }; a place
// also without 市, 县 and the like.
function runsOf(pieces, lexicon) {
  const runs = [];
  for (let first = 0; first < pieces.length; first += 1) {
    let text = pieces[first].text;
    const parts = [text];
    for (let next = first + 1; next < pieces.length && parts.length < LONGEST_RUN; next += 1) {
      if (pieces[next - 1].at + pieces[next - 1].text.length !== pieces[next].at) break;
      text += pieces[next].text;
      parts.push(pieces[next].text);
      runs.push({ text, parts: [...parts] });
    }
  }
  const bare = runs.flatMap((run) => {
    const ending = lexicon.endings.find((each) => run.text.endsWith(each));
    const rest = ending && run.text.slice(0, -ending.length);
    return rest?.length > 1 ? [{ ...run, text: rest }] : [];
  });
  return [...runs, ...bare].sort((a, b) => b.text.length - a.text.length);
}

function readPieces(text, lexicon) {
  const cutKnown = (words) => cut(words, lexicon.known, lexicon.longest);
  const pieces = cutKnown(text);
  if (lexicon.isForeign(text) && /^[a-z\d\s']+$/.test(text.trim()) && lexicon.hasSounds) {
    const words = fromPinyin(text, lexicon);
    if (words) return { pieces: cutKnown(words), read: words };
    const parts = lexicon.spelt(text.replace(/[\s']/g, ""));
    const spelt = parts.map((others, at) => ({ text: others[0], known: true, others, at: at * HEARD }));
    if (parts.length) return { pieces: spelt, read: spelt.map((each) => each.text).join(" ") };
  }
  return { pieces: joined(pieces, lexicon), read: "" };
}

// Single characters that stand together are one piece: a word that the lexicon does not have.
function joined(pieces, lexicon) {
  const together = [];
  for (const piece of pieces) {
    const last = together.at(-1);
    const stray = isLone(piece.text) && HAN.test(piece.text) && !lexicon.dropped.has(piece.text);
    const follows = last?.stray && last.at + last.text.length === piece.at;
    if (stray && follows) [last.text, last.known] = [last.text + piece.text, false];
    else together.push({ ...piece, stray });
  }
  return together;
}

function conceptOf(piece, lexicon, beside) {
  const texts = piece.others?.slice(0, 6) ?? [piece.text];
  const ways = texts.flatMap((text, rank) => waysOf(text, lexicon, 1 - 0.08 * rank));
  const weak = lexicon.weakWords.has(piece.text) || isLone(piece.text);
  const stray = beside && !piece.known && HAN.test(piece.text) ? STRAY : 1;
  const weight = isLone(piece.text) && beside ? LONE : weak ? WEAK : stray;
  return { text: piece.text, weight, ways };
}

function waysOf(text, lexicon, weight) {
  const spoken = [text, ...(lexicon.synonyms.get(text) ?? [])];
  return spoken.flatMap((words, rank) => {
    const worth = weight * (rank ? SYNONYM : 1);
    const named = (lexicon.names[words] ?? []).flatMap(([page, facet]) => [
      { mark: page, weight: worth, page: true, heads: true },
      ...(facet ? [{ mark: facet, weight: worth * 0.6 }] : []),
    ]);
    return [...named, { text: words, words: lexicon.wordsIn(words), weight: worth }];
  });
}

// Known words that look or sound most like a query that found nothing.
export function nearest(query, lexicon, most = 6) {
  const text = lexicon.normalise(query);
  const letters = lexicon.sound(text.replace(/[^\p{Script=Han}a-z\d]/gu, ""));
  const likeness = (word) =>
    Math.max(alike(text, word, 1), lexicon.hasSounds ? alike(letters, lexicon.sound(word), 3) : 0);
  return lexicon.sounding
    .filter((word) => word.length > 1 && HAN.test(word) === lexicon.hasSounds)
    .filter((word) => !lexicon.weakWords.has(word))
    .map((word) => [likeness(word), word])
    .filter(([share]) => share >= LIKE)
    .sort((a, b) => b[0] - a[0])
    .slice(0, most)
    .map(([, word]) => word);
}

// The share of the parts of a size that two texts have in common.
function alike(one, other, size) {
  const parts = (text) =>
    new Set(Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size)));
  const [first, second] = [parts(one), parts(other)];
  const shared = [...first].filter((part) => second.has(part)).length;
  return (2 * shared) / (first.size + second.size || 1);
}
