// Pagefind's index and the lexicon, as rank.js asks for them. The only script that knows Pagefind.
"use strict";

import { Lexicon } from "./lexicon.js";

// Loads both: { lexicon, engine }. An engine gives the pages of a word, and the text of a page.
export async function loadEngine(root) {
  const json = (name) => fetch(new URL(`pagefind/${name}.json`, root)).then((got) => got.json());
  const [pagefind, made] = await Promise.all([loadPagefind(root), json("lexicon")]);
  const lexicon = new Lexicon(made, json);
  return { lexicon, engine: { postings: postingsOf(pagefind), page: pageOf(lexicon) } };
}

const hits = new Map(); // Pagefind's hits by their id

async function loadPagefind(root) {
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  // On the main thread: its worker would be a second copy of the same script to load.
  await pagefind.options({ baseUrl: root.pathname, noWorker: true });
  // On a page in Chinese Pagefind cuts queries with the browser's dictionary, which is not the one
  // that its index was cut with. We ask for words of the index; it must leave them whole.
  const { lang } = document.documentElement;
  document.documentElement.lang = "";
  const ready = pagefind.init();
  document.documentElement.lang = lang;
  await ready;
  return pagefind;
}

const once = (make) => {
  const made = new Map();
  return (key) => made.get(key) ?? made.set(key, make(key)).get(key);
};

// word → Map of page id to score; a word finds all that it begins.
const postingsOf = (pagefind) =>
  once(async (word) => {
    const { results } = await pagefind.search(word);
    for (const hit of results) hits.set(hit.id, hit);
    return new Map(results.map((hit) => [hit.id, hit.score]));
  });

// id → page: what a result shows, its marks, and its texts as they are compared.
function pageOf(lexicon) {
  const kinds = lexicon.facets[0].values;
  const aPage = kinds.find(([, , kind]) => kind === "page"); // one that somebody wrote by hand
  return once(async (id) => {
    const { url: card, content, raw_content: cut, anchors, meta } = await hits.get(id).data();
    const url = addressOf(card);
    const marks = new Set((meta.marks ?? "").split(" "));
    const [label, , kind] = kinds.find(([, mark]) => marks.has(mark)) ?? aPage;
    const clause = anchors.filter((each) => /^clause\d/.test(each.id)).map((each) => each.text);
    const texts = { title: meta.title, clause: clause.join(" … "), content };
    const plain = { entry: (meta.id ?? "").replaceAll("-", " ") };
    for (const [place, text] of Object.entries(texts)) plain[place] = lexicon.normalise(text);
    const { id: entry = url.split("/").at(-2), where } = meta;
    const borders = wordBorders(lexicon.normalise(cut ?? ""), plain);
    return { id, url, kind, label, entry, where, marks, ...texts, plain, ...borders };
  });
}

// The address of the page that a card at an address is of: cards lie flat, see search.py.
const addressOf = (url) => url.replace(/(\.html|\/)?$/, "/");

// Where words start in a text that U+200B cuts into words, and where title and clause stand in it.
function wordBorders(cut, plain) {
  const starts = new Set();
  let at = 0;
  for (const word of cut.split("\u200b")) {
    starts.add(at);
    at += word.length;
  }
  const clause = plain.content.indexOf(plain.clause);
  const fits = starts.size > 1 && cut.replaceAll("\u200b", "") === plain.content && clause >= 0;
  return { starts, offsets: fits ? { title: 0, clause, content: 0 } : {} };
}
