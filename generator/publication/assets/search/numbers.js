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

// What makes no tenth of the 成 before it: 三成立, 两成果.
const NO_TENTH = "立功为员果长就本交分品熟";
const mark = (letter, number, ending = "q") =>
  `pp${letter}${String(number).replace(".", "d").replace("-", "m")}${ending}`;

// A figure as the record's own, which is as good as its title, and as one that its page only says.
const figure = (letter, number, weight = 1) => [
  { mark: mark(letter, number, "r"), weight, heads: true },
  { mark: mark(letter, number), weight: 0.7 * weight },
];

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
  take(PLACE, (_, ...numbers) => placeWays(numbers));
  const numbered = (units) => `\\s*(\\d+|${NUMERAL}+)\\s*(${units.join("|")})`;
  const ordinal = (_, number, unit) => [
    { mark: mark(`o${lexicon.ordinals[unit]}`, readNumeral(number)), weight: 1, heads: true },
  ];
  if (ordinals.length) {
    take(`第${numbered(ordinals)}`, ordinal);
    // 12条 is the 12th article only where it is all that is asked: 42条政策 are forty-two.
    take(`^${numbered(ordinals.filter((unit) => unit.length === 1))}$`, ordinal);
  }
  take(`百分之(\\d+(?:\\.\\d+)?|${NUMERAL}+)|(\\d+(?:\\.\\d+)?)\\s*%`, (_, words, digits) =>
    figure("p", readNumeral(words ?? digits)),
  );
  take(`([${DIGITS}两\\d])成(半)?(?![${NO_TENTH}])|[一大]半`, (_, digit, half) =>
    figure("p", digit ? readNumeral(digit) * 10 + (half ? 5 : 0) : 50),
  );
  take("(?<!\\d)((?:19|20)\\d\\d)(?!\\d|\\.\\d|[万亿元])(?:年底?前?)?", (_, year) =>
    yearWays(year, lexicon),
  );
  const money = (lexicon.counters.money ?? []).join("|");
  const other = (lexicon.counters.other ?? []).join("|");
  take(`(${FIGURE})(?:(${money})|(${other}))?`, (_, number, isMoney, isOther) =>
    figureWays(number, isMoney, isOther, lexicon),
  );
  return [text, concepts];
}

// A heading by its own number and those above it: 四（五）31, 第五部分第四条, 三、（二）.
const NUMBER = `(\\d+|${NUMERAL}+)`;
const ABOVE = `^第?${NUMBER}(?:大?部分|章|[、,.])?\\s*`;
const WITHIN = `(?:\\(${NUMBER}\\)|第${NUMBER}[节条点项款])`;
const PLACE = `${ABOVE}${WITHIN}(?:\\s*第?${NUMBER}[条项款点.、]?)?`;

function placeWays([part, inBrackets, inWords, last]) {
  const numbers = [part, inBrackets ?? inWords, last].filter(Boolean).map(readNumeral);
  return [{ mark: mark("ow", numbers.join("n")), weight: 1, heads: true }];
}

function yearWays(year, lexicon) {
  const facet = lexicon.facets.find(({ name }) => name === "year");
  const value = facet?.values.find(([label]) => label === year);
  const inWords = { text: year, words: [{ word: year, at: 0 }], weight: 0.6 };
  return value ? [{ mark: value[1], weight: 1, heads: true }, inWords] : [{ ...inWords, weight: 1 }];
}

function figureWays(number, isMoney, isOther, lexicon) {
  const value = readNumeral(number);
  if (!Number.isFinite(value)) return null;
  const count = figure("n", value, isMoney ? 0.5 : 1);
  // What is measured so, where no page has the figure: 800平方米 between 300 and 1000.
  const units = isOther ? [isOther, ...(lexicon.synonyms.get(isOther) ?? [])] : [];
  const measured = units.filter((text) => text.length > 2);
  if (measured.length) {
    return [...count, ...measured.map((text) => ({ text, weight: 0.3, words: lexicon.wordsIn(text) }))];
  }
  if (isOther) return count;
  if (isMoney || /[万亿]/.test(number)) return [...figure("y", value), ...count];
  // 1600 of 1600万千瓦.
  const inWords = { text: number, words: [{ word: number, at: 0 }], weight: 0.8 };
  const whole = /^\d\d+$/.test(number) ? [inWords] : [];
  return [...count, ...figure("y", value, 0.8), ...figure("p", value, 0.6), ...whole];
}
