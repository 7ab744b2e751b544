// The lexicon (made by lexicon.py), ready to be asked: which words are known, how they sound, how
// a text is cut into them.
"use strict";

export const HAN = /\p{Script=Han}/u;
export const LATIN = /[\p{Script=Latin}\d%]/u;

export class Lexicon {
  // `load` brings a part by its name when it is first asked for: how words sound, foreign words.
  constructor(made, load) {
    Object.assign(this, made);
    this.load = load;
    this.syllableOf = new Map();
    this.readings = new Map();
    this.simplified = new Map(pairs(made.traditional ?? ""));
    this.indexed = new Set(made.words.split(" "));
    this.weakWords = new Set(made.weak);
    this.dropped = new Set([...made.fillers, ...made.places]);
    this.synonyms = byTerm(made.synonyms);
    const phrases = made.phrases.split(" ");
    // First come those that win where two sound the same: the plan's own.
    const names = Object.keys(made.names);
    this.sounding = [...names, ...phrases, ...this.indexed, ...this.synonyms.keys()];
    this.own = [...names, ...phrases, ...this.indexed];
    this.know([...this.sounding, ...this.dropped, ...made.lists, ...made.weak]);
  }

  know(words) {
    this.known = new Set([...(this.known ?? []), ...words]);
    this.longest = Math.max(...[...this.known].map((word) => word.length));
    this.latin = new Set([...this.known].flatMap((word) => word.match(/[a-z]{2,}/g) ?? []));
  }

  // Must be awaited before a query is understood: it may need words of another language, or sounds.
  // Addresses are in English and their words are known, so that any Latin word may be foreign.
  async prepare(query) {
    if (this.hasForeign && isEnglish(this.normalise(query))) {
      this.hasForeign = false;
      const foreign = byTerm(await this.load("foreign"));
      for (const [term, means] of foreign) this.synonyms.set(term, means);
      this.know(foreign.keys());
    }
    if (this.isForeign(query)) await this.listen();
  }

  // Must be awaited before anything is asked about sounds.
  async listen() {
    if (this.syllableOf.size || !this.hasSounds) return;
    const { syllables, readings, pairs } = await this.load("sounds");
    for (const [sound, chars] of Object.entries(syllables)) {
      for (const char of chars) this.syllableOf.set(char, sound);
    }
    this.readings = new Map(Object.entries(readings));
    this.pairs = pairs.split(" ");
  }

  // Whether a text has Latin letters that are no known word: they may be pinyin.
  isForeign(text) {
    const pieces = cut(this.singular(this.normalise(text)), this.known, this.longest);
    return pieces.some((piece) => !piece.known && /[a-z]/.test(piece.text));
  }

  // Half-width, lower-case, simplified, without quotation marks: for comparing.
  normalise(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
      .replace(/[“”‘’"「」《》]/g, "");
    return [...plain].map((char) => this.simplified.get(char) ?? char).join("");
  }

  // A text with its English words as the lexicon has them: subsidies as subsidy.
  singular(text) {
    const endings = [[/ies$/, "y"], [/es$/, ""], [/s$/, ""]];
    return text.replace(/(?<![a-z\d])[a-z]{4,}(?![a-z\d])/g, (word) => {
      if (this.latin.has(word)) return word;
      const ones = endings.map(([plural, one]) => word.replace(plural, one));
      return ones.find((one) => one !== word && this.latin.has(one)) ?? word;
    });
  }

  // The words of the index that a text may have been cut into: all of two characters and more that
  // stand in it, as { word, at }, and what these leave out by single characters. The index cuts the
  // same phrase now so, now so: who asks for all the pieces finds all its places.
  wordsIn(text) {
    const words = [];
    const covered = new Set();
    const add = (word, at) => {
      words.push({ word, at });
      for (let each = at; each < at + word.length; each += 1) covered.add(each);
    };
    for (const { 0: run, index } of text.matchAll(/[\p{Script=Latin}\d.%]+/gu)) {
      add(run, index);
      // 5G is one word of the index at the start of a line, and two within it.
      const parts = [...run.matchAll(/\d+|[^\d]+/g)];
      if (parts.length > 1) for (const part of parts) add(part[0], index + part.index);
    }
    for (let at = 0; at < text.length; at += 1) {
      if (!HAN.test(text[at])) continue;
      for (let size = 2; size <= 6 && at + size <= text.length; size += 1) {
        if (this.indexed.has(text.slice(at, at + size))) add(text.slice(at, at + size), at);
      }
    }
    return [...words, ...this.lone(text).filter(({ at }) => !covered.has(at))];
  }

  lone(text) {
    const chars = [...text].map((word, at) => ({ word, at }));
    return chars.filter(({ word }) => HAN.test(word));
  }

  // Words of the index that share an uncommon character with a text.
  sharing(text) {
    const chars = [...new Set(text)].filter((char) => HAN.test(char));
    return chars.flatMap((char) => {
      const words = [...this.indexed].filter((word) => word.length > 1 && word.includes(char));
      return words.length > 6 ? [] : words;
    });
  }

  // Pinyin of Chinese words, without tones or spaces; "" where a character is not known.
  sound(text) {
    let sound = "";
    for (let at = 0; at < text.length; ) {
      let size = Math.min(4, text.length - at);
      while (size > 1 && !this.readings.has(text.slice(at, at + size))) size -= 1;
      const piece = text.slice(at, at + size);
      const heard = this.readings.get(piece) ?? this.syllableOf.get(piece);
      if (!heard && !LATIN.test(piece)) return "";
      sound += heard ?? piece;
      at += size;
    }
    return sound;
  }

  // Known words by their pinyin, and by the first letters of it; made when first asked for.
  get bySound() {
    this._bySound ??= index(this.sounding, (word) => this.sound(word));
    return this._bySound;
  }

  // Known words of three characters and more that differ from a text in one character, which is no
  // word by itself and sounds alike: 主引擎 for 主引敬.
  mistyped(text) {
    const isStray = (at) => text.length > 2 && !this.known.has(text[at]);
    const final = (char) => (this.syllableOf.get(char) ?? char).replace(/^[^aeiouv]+/, "");
    const found = gaps(text).map((gap, at) => isStray(at) && this.byGap.get(gap));
    return found.filter((word, at) => word && final(word[at]) === final(text[at]));
  }

  // Known words by what is left of them without one of their characters; made when first asked for.
  get byGap() {
    this._byGap ??= byGaps([...this.pairs, ...this.synonyms.keys(), ...this.own]);
    return this._byGap;
  }

  // Pairs of words by their pinyin: they are too many to be mended to, but who spells one means it.
  get pairsBySound() {
    this._pairsBySound ??= index(this.pairs, (word) => this.sound(word));
    return this._pairsBySound;
  }

  // Nobody types the first letters of a full name where a part of it is a name too.
  get byFirstLetters() {
    const names = Object.keys(this.names);
    const full = new Set(names.filter((name) => names.some((part) => part !== name && name.endsWith(part))));
    const own = this.own.filter((word) => !full.has(word));
    const meant = [...this.synonyms.values()].flat();
    return [...own, ...meant, ...this.pairs, ...this.synonyms.keys(), ...full];
  }

  get byInitials() {
    const initial = (char) => (HAN.test(char) ? (this.syllableOf.get(char) ?? "?")[0] : char);
    const initials = (word) => word.length > 1 && HAN.test(word) && [...word].map(initial).join("");
    this._byInitials ??= index(this.byFirstLetters, initials);
    return this._byInitials;
  }

  // What first letters may stand for, a list for each part: one word; or two, the first as long as
  // may be; or the beginning of one. Empty where they stand for nothing.
  spelt(letters) {
    const whole = this.byInitials.get(letters);
    if (whole) return [whole];
    for (let size = letters.length - 2; size > 1; size -= 1) {
      const parts = [letters.slice(0, size), letters.slice(size)].map((each) => this.byInitials.get(each));
      if (parts.every(Boolean)) return parts;
    }
    const begun = letters.length > 2 ? [...this.byInitials].filter(([key]) => key.startsWith(letters)) : [];
    return begun.length ? [begun.flatMap(([, words]) => words)] : [];
  }
}

// Whether a text has a Latin word: three letters and a vowel, which first letters seldom have.
const isEnglish = (text) => (text.match(/[a-z]{3,}/g) ?? []).some((word) => /[aeiouy]/.test(word));

// Words by what is said for them, as words by what they mean.
function byTerm(said) {
  const means = new Map();
  for (const [word, terms] of Object.entries(said)) {
    for (const term of terms.split("|")) means.set(term, [...(means.get(term) ?? []), word]);
  }
  return means;
}

// A text with each of its characters left open in turn.
const gaps = (text) => [...text].map((_, at) => `${text.slice(0, at)}?${text.slice(at + 1)}`);

function byGaps(words) {
  const long = words.filter((word) => word.length > 2 && HAN.test(word));
  return new Map(long.flatMap((word) => gaps(word).map((gap) => [gap, word])));
}

function pairs(text) {
  const chars = [...text];
  return chars.flatMap((char, at) => (at % 2 ? [] : [[char, chars[at + 1]]]));
}

function index(words, key) {
  const found = new Map();
  for (const word of words) {
    const value = key(word);
    if (!value) continue;
    if (!found.has(value)) found.set(value, []);
    if (!found.get(value).includes(word)) found.get(value).push(word);
  }
  return found;
}

// Cuts a text into the fewest and longest known words. A piece is { text, known }.
export function cut(text, known, longest) {
  const best = [{ cost: 0 }];
  const offer = (from, to, piece, cost) => {
    const total = best[from].cost + cost;
    if (!best[to] || total < best[to].cost) best[to] = { cost: total, from, piece };
  };
  for (let at = 0; at < text.length; at += 1) {
    if (!best[at]) continue;
    if (!HAN.test(text[at]) && !LATIN.test(text[at])) {
      offer(at, at + 1, null, 0);
      continue;
    }
    const run = LATIN.test(text[at]) ? text.slice(at).match(/^[\p{Script=Latin}\d%]+/u)[0] : text[at];
    offer(at, at + run.length, { text: run, known: false }, 3);
    for (let size = 1; size <= longest && at + size <= text.length; size += 1) {
      const piece = text.slice(at, at + size);
      const splitsLatin = LATIN.test(piece.at(-1)) && LATIN.test(text[at + size] ?? " ");
      if (!known.has(piece) || splitsLatin) continue;
      const lone = size === 1 ? 0.3 : 0;
      offer(at, at + size, { text: piece, known: true }, 1 + lone - 0.002 * size * size);
    }
  }
  const pieces = [];
  for (let at = text.length; at > 0; at = best[at].from) {
    if (best[at].piece) pieces.unshift({ ...best[at].piece, at: best[at].from });
  }
  return pieces;
}

