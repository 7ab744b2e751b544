// Numbers in a query: articles, years, per cents, amounts. Pages carry marks for them (search.py), so
// that 500万, 5000000元 and 五百万元 are one and the same.
"use strict";

const DIGITS = "零一二三四五六七八九";
const SCALES = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };

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
// 千 is no scale in 千瓦, nor is a lone Chinese digit a figure.
const SCALE = "(?:[十百万亿]|千(?![瓦克米]))";
const NUMERAL = `(?:[零〇一二两三四五六七八九]|${SCALE})`;
const FIGURE =
  `(?<![a-z\\d.])(?:\\d[\\d,]*(?:\\.\\d+)?${SCALE}*(?![a-z\\d])|` +
  `[一二两三四五六七八九]${NUMERAL}*${SCALE}${NUMERAL}*|[十百千]+[万亿])`;

// Takes articles, years, per cents and amounts out of a query: what is left, and their concepts.
export function takeNumbers(text, lexicon) {
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
  const counted = `\\s*(\\d+|${NUMERAL}+)\\s*(${ordinals.join("|")})`;
  // 12条 is the 12th article only where it is all that is asked: 十大工程 are ten.
  for (const ordinal of ordinals.length ? [`第${counted}`, `^${counted}$`] : []) {
    take(ordinal, (_, number, unit) => [
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
  if (/[万亿]/.test(number)) return [sum, count];
  const share = { mark: mark("p", value), weight: 0.6 };
  // 1600 of 1600万千瓦.
  const inWords = { text: number, words: [{ word: number, at: 0 }], weight: 0.8 };
  return [count, { ...sum, weight: 0.8 }, share, ...(/^\d\d+$/.test(number) ? [inWords] : [])];
}

