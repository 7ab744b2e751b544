// What a reader typed, taken apart with the words of the lexicon (made by lexicon.py).
//
// A query becomes concepts. Each concept has ways in which the site may say it: the words
// themselves, a synonym's, or a mark that pages carry (a unit, an amount, the number of an article).
// Knows nothing of pages, of Pagefind or of the document.
"use strict";

const HAN = /\p{Script=Han}/u;
const LATIN = /[\p{Script=Latin}\d%]/u;
const DIGITS = "零一二三四五六七八九";
const SCALES = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };
const WEAK = 0.35;
const SYNONYM = 0.9;
const HEARD = 8; // the longest word that is looked up by its sound

export class Lexicon {
  constructor(made) {
    Object.assign(this, made);
    this.simplified = new Map(pairs(made.traditional ?? ""));
    this.indexed = new Set(made.words.split(" "));
    this.weakWords = new Set(made.weak);
    this.dropped = new Set([...made.fillers, ...made.places]);
    const phrases = made.phrases.split(" ");
    // First come those that win where two sound the same.
    const known = [Object.keys(made.names), Object.keys(made.synonyms), phrases, this.indexed];
    this.sounding = known.flatMap((words) => [...words]);
    this.known = new Set([...this.sounding, ...this.dropped, ...made.lists]);
    this.longest = Math.max(...[...this.known].map((word) => word.length));
    this.syllableOf = new Map(
      Object.entries(made.syllables ?? {}).flatMap(([sound, chars]) =>
        [...chars].map((char) => [char, sound]),
      ),
    );
    this.readings = new Map(Object.entries(made.readings ?? {}));
  }

  // Half-width, lower-case, simplified, without quotation marks: for comparing.
  normalise(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
      .replace(/[“”‘’"「」《》]/g, "");
    return [...plain].map((char) => this.simplified.get(char) ?? char).join("");
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
    this._bySound ??= index(this.sounding, (word) => HAN.test(word) && this.sound(word));
    return this._bySound;
  }

  get byInitials() {
    const initials = (word) => word.length > 1 && [...word].every((char) => HAN.test(char)) &&
      [...word].map((char) => (this.sound(char) || "?")[0]).join("");
    this._byInitials ??= index(this.sounding, initials);
    return this._byInitials;
  }
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

// ------------------------------------------------------------------------------------- numbers

// The number that Chinese numerals write: 四十二, 五百, 二十万. NaN where they write none.
export function readNumeral(text) {
  if (/^\d/.test(text)) {
    const [, digits, scales] = text.match(/^([\d.,]+)(.*)$/);
    return [...scales].reduce((n, scale) => n * SCALES[scale], Number(digits.replaceAll(",", "")));
  }
  let [total, section, digit] = [0, 0, 0];
  for (const char of text.replaceAll("两", "二").replaceAll("〇", "零")) {
    const scale = SCALES[char];
    if (!scale) digit = DIGITS.indexOf(char);
    else if (scale < 1e4) [section, digit] = [section + (digit || 1) * scale, 0];
    else [total, section, digit] = [(total + section + digit) * scale, 0, 0];
    if (digit < 0) return NaN;
  }
  return total + section + digit;
}

const mark = (letter, number) =>
  `pp${letter}${String(number).replace(".", "d").replace("-", "m")}q`;
const NUMERAL = "[零〇一二两三四五六七八九十百千万亿]";
// 千 of 千瓦 and 百 of 百强 are no scale; a lone Chinese digit is no figure.
const FIGURE =
  "(?<![a-z\\d.])(?:\\d[\\d,]*(?:\\.\\d+)?[十百千万亿]*(?![a-z\\d])|" +
  `[一二两三四五六七八九]${NUMERAL}*[十百千万亿]${NUMERAL}*|[十百千]+[万亿])`;

// Takes articles, years, per cents and amounts out of a query: what is left, and their concepts.
function takeNumbers(text, lexicon) {
  const concepts = [];
  const take = (pattern, ways) => {
    text = text.replace(new RegExp(pattern, "g"), (...match) => {
      const found = ways(...match);
      if (!found) return match[0];
      concepts.push({ text: match[0].trim(), weight: 1, ways: found });
      return " ";
    });
  };
  const ordinals = Object.keys(lexicon.ordinals).sort((a, b) => b.length - a.length);
  const ordinal = `(第|^)\\s*(\\d+|${NUMERAL}+)\\s*(${ordinals.join("|")})`;
  if (ordinals.length) {
    take(ordinal, (_, __, number, unit) => [
      { mark: mark(`o${lexicon.ordinals[unit]}`, readNumeral(number)), weight: 1 },
    ]);
  }
  take(`百分之(\\d+(?:\\.\\d+)?|${NUMERAL}+)|(\\d+(?:\\.\\d+)?)\\s*%`, (_, words, digits) => [
    { mark: mark("p", readNumeral(words ?? digits)), weight: 1 },
  ]);
  take("(?<!\\d)((?:19|20)\\d\\d)(?!\\d|\\.\\d|[万亿元])(?:年底?前?)?", (_, year) =>
    yearWays(year, lexicon),
  );
  const money = (lexicon.counters.money ?? []).join("|");
  const other = (lexicon.counters.other ?? []).join("|");
  take(`(${FIGURE})(?:(${money})|(${other}))?`, (_, number, isMoney, isOther) =>
    figureWays(number, isMoney, isOther),
  );
  return [text, concepts];
}

function yearWays(year, lexicon) {
  const facet = lexicon.facets.find(({ name }) => name === "year");
  const value = facet?.values.find(([label]) => label === year);
  const inWords = { text: year, words: [{ word: year, at: 0 }], weight: 0.6 };
  return value ? [{ mark: value[1], weight: 1 }, inWords] : [{ ...inWords, weight: 1 }];
}

function figureWays(number, isMoney, isOther) {
  const value = readNumeral(number);
  if (!Number.isFinite(value)) return null;
  const sum = { mark: mark("y", value), weight: 1 };
  const count = { mark: mark("n", value), weight: isMoney ? 0.5 : 1 };
  if (isMoney) return [sum, count];
  if (isOther) return [count];
  const share = { mark: mark("p", value), weight: 0.6 };
  return /[万亿]/.test(number) ? [sum, count] : [count, { ...sum, weight: 0.8 }, share];
}

// -------------------------------------------------------------------------------------- pieces

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

// A text of Latin letters that is pinyin of known words, as these words; else "".
function fromPinyin(text, lexicon) {
  const letters = text.replace(/[\s']/g, "");
  for (const blur of [(sound) => sound, blurred]) {
    const heard = new Map();
    for (const [sound, words] of lexicon.bySound) {
      if (!heard.has(blur(sound))) heard.set(blur(sound), words[0]);
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

// Characters that make no word, read as a known word that sounds the same: the whole run of them,
// with what stands around it, for a part of it would leave the rest as odd as before.
function mend(text, pieces, lexicon) {
  const odd = joined(pieces, isOdd).filter((piece) => piece.odd && (piece.text.length > 1 || !piece.known));
  for (const { at: from, text: piece } of odd) {
    for (let size = Math.min(HEARD, text.length); size >= Math.max(2, piece.length); size -= 1) {
      for (let at = Math.max(0, from + piece.length - size); at <= from; at += 1) {
        const window = text.slice(at, at + size);
        if (window.length < size) continue;
        const word = (lexicon.bySound.get(lexicon.sound(window)) ?? []).find(
          (each) => each.length === size && each !== window && !lexicon.dropped.has(each),
        );
        const whole = word && text.slice(0, at) + word + text.slice(at + size);
        if (whole && oddness(cut(whole, lexicon.known, lexicon.longest)) < oddness(pieces)) return whole;
      }
    }
  }
  return "";
}

// ------------------------------------------------------------------------------------- concepts

// A query as { concepts, core, wanted, read }: what is asked, the words that carry it, the kinds of
// answer that its wording wants, and how it was read where that is not how it was written.
export function understand(query, lexicon) {
  let text = lexicon.normalise(query);
  const wanted = Object.entries(lexicon.intents)
    .filter(([, words]) => words.some((word) => text.includes(word)))
    .map(([kind]) => kind);
  const [rest, numbers] = takeNumbers(text, lexicon);
  const { pieces, read } = readPieces(rest, lexicon);
  const listed = pieces.some((piece) => lexicon.lists.includes(piece.text));
  const said = pieces.filter(
    ({ text }) => !lexicon.dropped.has(text) && !lexicon.lists.includes(text),
  );
  const kept = said.length || numbers.length ? said : pieces;
  const concepts = [...numbers, ...kept.map((piece) => conceptOf(piece, lexicon))];
  const core = kept.map((piece) => piece.text).join("");
  return { concepts, core, wanted, listed, read, runs: runsOf(kept, lexicon) };
}

// Pieces that stood side by side: { text, parts }; a place also without 市, 县 and the like.
function runsOf(pieces, lexicon) {
  const runs = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last && last.end === piece.at) {
      last.text += piece.text;
      last.parts.push(piece.text);
      last.end += piece.text.length;
    } else runs.push({ text: piece.text, parts: [piece.text], end: piece.at + piece.text.length });
  }
  return runs
    .filter(({ parts }) => parts.length > 1)
    .flatMap((run) => {
      const ending = lexicon.endings.find((each) => run.text.endsWith(each));
      const bare = ending && run.text.slice(0, -ending.length);
      return bare?.length > 1 ? [run, { ...run, text: bare }] : [run];
    });
}

function readPieces(text, lexicon) {
  const cutKnown = (words) => cut(words, lexicon.known, lexicon.longest);
  const pieces = cutKnown(text);
  const foreign = pieces.filter((piece) => !piece.known && /^[a-z]+$/.test(piece.text));
  if (foreign.length && /^[a-z\s']+$/.test(text.trim())) {
    const words = fromPinyin(text, lexicon);
    if (words) return { pieces: cutKnown(words), read: words };
    const initials = lexicon.byInitials.get(text.replace(/[\s']/g, ""));
    if (initials) return { pieces: [{ text: initials[0], known: true, others: initials }], read: initials[0] };
  }
  const mended = lexicon.syllableOf.size ? mend(text, pieces, lexicon) : "";
  if (mended) return { ...readPieces(mended, lexicon), read: mended.trim() };
  return { pieces: joined(pieces), read: "" };
}

const isOdd = (piece) => HAN.test(piece.text) && (!piece.known || piece.text.length === 1);
const oddness = (pieces) => pieces.filter(isOdd).length;

// Odd characters that stand together are one piece.
function joined(pieces, odd = (piece) => HAN.test(piece.text) && !piece.known) {
  const together = [];
  for (const piece of pieces) {
    const last = together.at(-1);
    const touches = last?.odd && last.at + last.text.length === piece.at;
    if (touches && odd(piece)) {
      last.text += piece.text;
      last.known &&= piece.known;
    } else together.push({ ...piece, odd: odd(piece) });
  }
  return together;
}

function conceptOf(piece, lexicon) {
  const texts = piece.others?.slice(0, 6) ?? [piece.text];
  const ways = texts.flatMap((text, rank) => waysOf(text, lexicon, 1 - 0.08 * rank));
  const weight = lexicon.weakWords.has(piece.text) || piece.text.length === 1 ? WEAK : 1;
  return { text: piece.text, weight, ways };
}

function waysOf(text, lexicon, weight) {
  const spoken = [text, ...(lexicon.synonyms[text] ?? [])];
  return spoken.flatMap((words, rank) => {
    const worth = weight * (rank ? SYNONYM : 1);
    const named = (lexicon.names[words] ?? []).flatMap(([page, facet]) => [
      { mark: page, weight: worth, page: true },
      ...(facet ? [{ mark: facet, weight: worth * 0.6 }] : []),
    ]);
    return [...named, { text: words, words: lexicon.wordsIn(words), weight: worth }];
  });
}

// Known phrases that share most with a query that found nothing.
export function nearest(query, lexicon, most = 6) {
  const text = lexicon.normalise(query);
  const chars = new Set([...text].filter((char) => HAN.test(char) || LATIN.test(char)));
  const sound = lexicon.sound(text.replace(/[^\p{Script=Han}]/gu, ""));
  const likeness = (word) => {
    const shared = [...new Set(word)].filter((char) => chars.has(char)).length;
    const heard = sound && lexicon.sound(word) === sound ? 1 : 0;
    return heard + (2 * shared) / (chars.size + word.length);
  };
  return lexicon.sounding
    .filter((word) => word.length > 1 && !lexicon.weakWords.has(word))
    .map((word) => [likeness(word), word])
    .filter(([alike]) => alike >= 0.34)
    .sort((a, b) => b[0] - a[0])
    .slice(0, most)
    .map(([, word]) => word);
}
