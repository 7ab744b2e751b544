// The dialog of search: opened by its button, / or Ctrl-K, or by ?q= in the address of any page.
// Loads nothing before it is opened. What a query means is the business of search-query.js, which
// page answers it that of search-rank.js; Pagefind's index gives the pages of a word.
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src);
  const dialog = document.querySelector("dialog.pp-search");
  const opener = document.querySelector(".pp-search-open");
  if (!dialog || !opener || !dialog.showModal) return;

  const part = (name) => dialog.querySelector(`.pp-search__${name}`);
  const field = dialog.querySelector("input");
  const [status, list, more] = [part("status"), part("results"), part("more")];
  const SHOWN = 10;
  const PAUSE = 120; // ms without typing before a search starts
  let parts = null; // what search needs, once asked for
  let latest = 0; // the number of the last search: an earlier one that ends later is dropped
  let current = null; // the last search that was shown
  let timer = 0;

  // ------------------------------------------------------------------------------- what it needs

  function load() {
    parts ??= loadParts().catch((error) => {
      parts = null;
      status.textContent = dialog.dataset.failed;
      throw error;
    });
    return parts;
  }

  async function loadParts() {
    const asset = (name) => import(new URL(`assets/planpub/${name}`, root));
    const lexicon = fetch(new URL("pagefind/lexicon.json", root)).then((answer) => answer.json());
    const [query, rank, pagefind, made] = await Promise.all([
      asset("search-query.js"),
      asset("search-rank.js"),
      loadPagefind(),
      lexicon,
    ]);
    const words = new query.Lexicon(made);
    return { query, rank, lexicon: words, engine: engine(pagefind, words) };
  }

  async function loadPagefind() {
    const pagefind = await import(new URL("pagefind/pagefind.js", root));
    // On the main thread: its worker would be a second copy of the same script to load.
    await pagefind.options({ baseUrl: root.pathname, noWorker: true });
    // For a page in Chinese Pagefind cuts queries with the browser's dictionary, which is not the
    // one that its index was cut with. We ask for the words of the index; it must leave them whole.
    const { lang } = document.documentElement;
    document.documentElement.lang = "";
    await Promise.all([pagefind.init(), (document.documentElement.lang = lang)]);
    return pagefind;
  }

  // The index as search-rank.js asks for it.
  function engine(pagefind, lexicon) {
    const [found, results, pages] = [new Map(), new Map(), new Map()];
    const kinds = lexicon.facets[0].values;
    async function postings(word) {
      const { results: hits } = await pagefind.search(word);
      for (const hit of hits) results.set(hit.id, hit);
      return new Map(hits.map((hit) => [hit.id, hit.score]));
    }
    async function page(id) {
      const { url, content, raw_content: cut, anchors, meta } = await results.get(id).data();
      const clause = anchors.filter((each) => /^clause\d/.test(each.id)).map((each) => each.text);
      const marks = new Set((meta.marks ?? "").split(" "));
      const [label, , kind] = kinds.find(([, mark]) => marks.has(mark)) ?? ["", "", "page"];
      const texts = { title: meta.title, clause: clause.join(" … "), content };
      const plain = Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, lexicon.normalise(text)]),
      );
      const borders = wordStarts(lexicon.normalise(cut ?? ""), plain);
      const { id: entry, where } = meta;
      return { id, url, kind, label, marks, entry, where, ...texts, plain, ...borders };
    }
    const once = (made, make) => (key) => made.get(key) ?? made.set(key, make(key)).get(key);
    return { postings: once(found, postings), page: once(pages, page) };
  }

  // Where words start in a text that U+200B cuts into words, and where title and clause stand in it.
  function wordStarts(cut, plain) {
    const starts = new Set();
    let at = 0;
    for (const word of cut.split("\u200b")) {
      starts.add(at);
      at += word.length;
    }
    const clause = plain.content.indexOf(plain.clause);
    if (cut.replaceAll("\u200b", "") !== plain.content || clause < 0) return {};
    return { starts, offsets: { title: 0, clause, content: 0 } };
  }

  // -------------------------------------------------------------------------------------- address

  const chosen = () =>
    [...dialog.querySelectorAll("select, [aria-pressed=true]")]
      .map((control) => [control.name, control.value])
      .filter(([, value]) => value);

  function remember() {
    const address = new URL(location.href);
    for (const name of [...address.searchParams.keys()]) {
      if (name === "q" || name.startsWith("q-")) address.searchParams.delete(name);
    }
    if (dialog.open && field.value.trim()) {
      address.searchParams.set("q", field.value.trim());
      for (const [name, value] of chosen()) address.searchParams.set(`q-${name}`, value);
    }
    history.replaceState(history.state, "", address);
  }

  function recall() {
    const given = new URLSearchParams(location.search);
    if (!given.get("q")) return;
    field.value = given.get("q");
    const narrowed = [...given].filter(([name]) => name.startsWith("q-"));
    open(Object.fromEntries(narrowed.map(([name, value]) => [name.slice(2), value])));
  }

  // --------------------------------------------------------------------------------------- search

  async function search(narrowed) {
    const number = ++latest;
    const query = field.value.trim();
    remember();
    if (!query) return show(null);
    dialog.setAttribute("aria-busy", "true");
    try {
      const { query: reader, rank, lexicon, engine: index } = await load();
      const found = await rank.find(query, lexicon, index);
      if (number !== latest) return;
      current = { ...found, query, lexicon, index, near: () => reader.nearest(query, lexicon) };
      await narrow(narrowed ?? Object.fromEntries(chosen()), number);
    } finally {
      if (number === latest) dialog.removeAttribute("aria-busy");
    }
  }

  // Shows the pages of the current search that have the chosen values of all facets.
  async function narrow(values, number = latest) {
    const kept = await Promise.all(Object.values(values).map((mark) => current.index.postings(mark)));
    const ids = current.ids.filter((id) => kept.every((pages) => pages.has(id)));
    const pages = await current.order(ids);
    if (number !== latest) return;
    Object.assign(current, { chosenIds: ids, shown: pages, given: 0 });
    show(current);
    remember();
    await facets(values, number);
    remember();
  }

  // Kinds as buttons, other facets as lists, each value with the number of pages it keeps.
  async function facets(values, number) {
    const rows = await Promise.all(
      current.lexicon.facets.map(async ({ name, label, values: all }) => {
        const others = Object.entries(values).filter(([other]) => other !== name);
        const kept = await Promise.all(others.map(([, mark]) => current.index.postings(mark)));
        const left = current.ids.filter((id) => kept.every((pages) => pages.has(id)));
        const counted = await Promise.all(
          all.map(async ([text, mark]) => {
            const pages = await current.index.postings(mark);
            return { text, mark, count: left.filter((id) => pages.has(id)).length };
          }),
        );
        return { name, label, options: counted.filter(({ count }) => count) };
      }),
    );
    if (number !== latest) return;
    const [kinds, ...lists] = rows;
    part("kinds").replaceChildren(...kinds.options.map((option) => button(option, values.kind)));
    part("kinds").hidden = kinds.options.length < 2;
    const useful = lists.filter(({ name, options }) => options.length > 1 || values[name]);
    part("facets").replaceChildren(...useful.map((row) => choice(row, values[row.name])));
    part("facets").hidden = !useful.length;
  }

  function button({ text, mark, count }, value) {
    const made = element("button", { type: "button", name: "kind", value: mark });
    made.setAttribute("aria-pressed", String(value === mark));
    made.append(text, element("small", {}, ` ${count}`));
    return made;
  }

  function choice({ name, label, options }, value) {
    const made = element("select", { name });
    made.append(new Option(`${label}: ${dialog.dataset.all}`, ""));
    for (const { text, mark, count } of options) {
      made.append(new Option(`${text} (${count})`, mark, false, mark === value));
    }
    made.setAttribute("aria-label", label);
    return made;
  }

  // ---------------------------------------------------------------------------------------- shown

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function show(found) {
    list.replaceChildren();
    part("start").hidden = Boolean(found);
    part("none").hidden = !found || found.chosenIds.length > 0;
    if (!found) {
      [part("kinds").hidden, part("facets").hidden, more.hidden] = [true, true, true];
      status.textContent = "";
      return;
    }
    list.append(...found.shown.slice(0, SHOWN).map((page) => item(page, found)));
    part("body").scrollTop = 0;
    found.given = Math.min(SHOWN, found.shown.length);
    more.hidden = found.given >= found.chosenIds.length;
    status.textContent = message(found);
    if (!part("none").hidden) suggest(found.near());
  }

  function message({ chosenIds, query, asked }) {
    const { found, none, read } = dialog.dataset;
    if (!chosenIds.length) return none.replace("{query}", query);
    const number = found.replace("{number}", chosenIds.length);
    return asked.read ? `${read.replace("{words}", asked.read)} · ${number}` : number;
  }

  async function showMore() {
    const found = current;
    if (found.given >= found.shown.length) {
      found.shown.push(...(await found.order(found.chosenIds, found.shown.length)));
    }
    const next = found.shown.slice(found.given, found.given + SHOWN);
    const items = next.map((page) => item(page, found));
    list.append(...items);
    found.given += next.length;
    more.hidden = found.given >= found.chosenIds.length;
    items[0]?.querySelector("a").focus();
  }

  function item(page, found) {
    const words = spoken(found);
    const link = element("a", { href: page.url }, ...marked(page.title, words));
    [link.dataset.kind, link.dataset.id] = [page.kind, page.entry];
    const head = element("p", { className: "pp-search__head" });
    head.append(element("span", { className: `pp-search__kind pp-search__kind--${page.kind}` }, page.label));
    head.append(link);
    const made = element("li", {}, head);
    if (page.where) made.append(element("p", { className: "pp-search__where" }, page.where));
    made.append(element("p", { className: "pp-search__clause" }, ...marked(excerpt(page, words), words)));
    return made;
  }

  const spoken = ({ concepts }) =>
    concepts
      .flatMap(({ text, ways }) => [text, ...ways.flatMap((way) => (way.text ? [way.text, ...way.words.map(({ word }) => word)] : []))])
      .filter((word) => word.length > 1)
      .sort((a, b) => b.length - a.length);

  // The clause, or the place of the text where most of the words stand close together.
  function excerpt({ title, clause, content }, words) {
    const hits = (text) => words.filter((word) => text.toLowerCase().includes(word)).length;
    const body = content.startsWith(title) ? content.slice(title.length).replace(/^[.\s]+/, "") : content;
    if (clause && hits(clause) >= hits(body.slice(0, 120)) ) return clause;
    const LENGTH = 90;
    let [best, most] = [0, -1];
    for (let at = 0; at === 0 || at + LENGTH / 2 < body.length; at += 20) {
      const number = hits(body.slice(at, at + LENGTH));
      if (number > most) [best, most] = [at, number];
    }
    const end = best + LENGTH < body.length ? "…" : "";
    return (best ? "…" : "") + body.slice(best, best + LENGTH) + end;
  }

  function marked(text, words) {
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!escaped.length) return [text];
    return text
      .split(new RegExp(`(${escaped.join("|")})`, "i"))
      .map((piece, at) => (at % 2 ? element("mark", {}, piece) : piece))
      .filter((piece) => piece !== "");
  }

  function ask(query) {
    field.value = query;
    field.focus();
    search({});
  }

  function suggest(words) {
    part("near").hidden = !words.length;
    part("near").querySelector("span").replaceChildren(...words.map(example));
  }

  const example = (words) =>
    element("button", { type: "button", className: "pp-search__example", onclick: () => ask(words) }, words);

  // ----------------------------------------------------------------------------------- open, close

  function open(narrowed) {
    if (!dialog.open) dialog.showModal();
    field.select();
    load().then(({ lexicon }) => {
      if (!part("examples").hasChildNodes()) part("examples").append(...examples(lexicon).map(example));
    }, () => {});
    if (field.value.trim()) search(narrowed ?? {});
    else show(null);
  }

  // A synonym, a unit, a theme and the like: whatever this plan has.
  function examples(lexicon) {
    const [first] = Object.keys(lexicon.synonyms);
    const [unit] = lexicon.facets.find(({ name }) => name === "unit")?.values[0] ?? [];
    const [phrase, , second] = lexicon.phrases.split(" ");
    return [first, unit, phrase, second].filter(Boolean);
  }

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || dialog.open) return;
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!command && !(slash && !typing(event.target))) return;
    event.preventDefault();
    open();
  });

  // Arrows walk through the field and the links; Enter in the field follows the first link.
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inField = document.activeElement === field;
    if (event.key === "Escape" && inField) {
      event.preventDefault(); // or the field would only be emptied
      dialog.close();
    } else if (event.key === "ArrowDown" && (inField || at >= 0)) {
      event.preventDefault();
      (links[at + 1] ?? more).focus();
    } else if (event.key === "ArrowUp" && (at >= 0 || document.activeElement === more)) {
      event.preventDefault();
      (at < 0 ? links.at(-1) : (links[at - 1] ?? field)).focus();
    } else if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.select();
    }
  });

  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (current?.query !== field.value.trim()) await search();
    if (matchMedia("(pointer: coarse)").matches) field.blur(); // the keyboard hid the results
    else list.querySelector("a")?.click();
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => search({}), PAUSE);
  });
  field.addEventListener("compositionend", () => search({}));
  part("facets").addEventListener("change", () => narrow(Object.fromEntries(chosen())));
  part("kinds").addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    const { kind, ...values } = Object.fromEntries(chosen());
    narrow(kind === pressed.value ? values : { ...values, kind: pressed.value }).then(() =>
      part("kinds").querySelector(`[value="${pressed.value}"]`)?.focus(),
    );
  });
  more.addEventListener("click", showMore);
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // outside of its box
  });
  dialog.addEventListener("close", remember);
  opener.addEventListener("click", () => open());
  opener.hidden = false;
  // For measuring and for tests: the same search without the dialog.
  dialog.find = async (query) => {
    const { rank, lexicon, engine: index } = await load();
    const found = await rank.find(query, lexicon, index);
    return { ...found, pages: await found.order(found.ids) };
  };
  recall();
})();
