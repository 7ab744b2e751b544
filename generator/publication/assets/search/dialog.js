// The dialog at work: searches while one types, shows results, narrows them by facets, keeps the
// query in the address, and can be walked through with the keyboard.
"use strict";

import { loadEngine } from "./engine.js";
import { nearest } from "./query.js";
import { CANDIDATES, find } from "./rank.js";
import { element, resultItem, spokenWords } from "./results.js";

const SHOWN = 10;
const PAUSE = 120; // ms without typing before a search starts
const LOOSE = 0.4; // a best page that covers less of the query is only near to it

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export async function mountDialog(dialog, root) {
  const { lexicon, engine } = await loadEngine(root);
  const part = (name) => dialog.querySelector(`.pp-search__${name}`);
  const field = dialog.querySelector("input");
  const [status, list, more] = [part("status"), part("results"), part("more")];
  let latest = 0; // the number of the last search: an earlier one that ends later is dropped
  let current = null; // the search that is shown
  let timer = 0;

  // -------------------------------------------------------------------------------------- address

  const controls = () => [...dialog.querySelectorAll("select, [aria-pressed=true]")];
  const chosen = () =>
    Object.fromEntries(controls().map(({ name, value }) => [name, value]).filter(([, v]) => v));

  function remember(values) {
    const address = new URL(location.href);
    for (const name of [...address.searchParams.keys()]) {
      if (name === "q" || name.startsWith("q-")) address.searchParams.delete(name);
    }
    if (dialog.open && field.value.trim()) {
      address.searchParams.set("q", field.value.trim());
      for (const [name, value] of Object.entries(values)) {
        address.searchParams.set(`q-${name}`, labelOf(name, value));
      }
    }
    history.replaceState(history.state, "", address);
  }

  const valuesOf = (name) => lexicon.facets.find((facet) => facet.name === name)?.values ?? [];
  const labelOf = (name, mark) => valuesOf(name).find((value) => value[1] === mark)?.[0] ?? "";

  // What the address narrows a query to, if it is the address's own query.
  function given() {
    const address = new URLSearchParams(location.search);
    if (address.get("q") !== field.value.trim()) return {};
    const values = [...address].filter(([name]) => name.startsWith("q-")).map(([name, label]) => {
      const facet = name.slice(2);
      return [facet, valuesOf(facet).find((value) => value[0] === label)?.[1]];
    });
    return Object.fromEntries(values.filter(([, mark]) => mark));
  }

  // --------------------------------------------------------------------------------------- search

  async function search(values = {}) {
    const number = ++latest;
    clearTimeout(timer);
    const query = field.value.trim();
    if (!query) return clear();
    dialog.setAttribute("aria-busy", "true");
    const found = await find(query, lexicon, engine);
    if (number !== latest) return undefined;
    current = { ...found, query, words: spokenWords(found) };
    await narrow(values);
    dialog.removeAttribute("aria-busy");
    return undefined;
  }

  const withAll = async (ids, marks) => {
    const kept = await Promise.all(marks.map(engine.postings));
    return ids.filter((id) => kept.every((pages) => pages.has(id)));
  };

  // Shows the pages of the current search that have the chosen value of each facet.
  async function narrow(values) {
    const found = current;
    const ids = await withAll(found.ids, Object.values(values));
    const pages = await found.order(ids);
    if (found !== current) return;
    Object.assign(found, { left: ids, pages, loaded: CANDIDATES, given: 0 });
    found.total = pages.length + Math.max(0, ids.length - CANDIDATES);
    found.loose = found.total > 0 && found.first[0].covered < LOOSE;
    remember(values);
    showResults();
    await painted(); // readers want results first
    await showFacets(found, values);
  }

  async function showFacets(found, values) {
    const rows = await Promise.all(
      lexicon.facets.map(async ({ name, label, values: all }) => {
        const others = Object.entries(values).filter(([other]) => other !== name);
        const left = await withAll(found.ids, others.map(([, mark]) => mark));
        const options = await Promise.all(
          all.map(async ([text, mark]) => ({ text, mark, count: (await withAll(left, [mark])).length })),
        );
        return { name, label, options: options.filter(({ count }) => count) };
      }),
    );
    if (found !== current) return;
    const [kinds, ...lists] = rows;
    const focused = document.activeElement?.value;
    part("kinds").replaceChildren(...kinds.options.map((option) => kindButton(option, values.kind)));
    part("kinds").querySelector(`[value="${focused}"]`)?.focus();
    const useful = lists.filter(({ name, options }) => options.length > 1 || values[name]);
    part("facets").replaceChildren(...useful.map((row) => facetChoice(row, values[row.name])));
    part("facets").hidden = !useful.length;
  }

  function kindButton({ text, mark, count }, value) {
    const made = element("button", { type: "button", name: "kind", value: mark }, text);
    made.setAttribute("aria-pressed", String(value === mark));
    made.append(element("small", {}, ` ${count}`));
    return made;
  }

  function facetChoice({ name, label, options }, value) {
    const made = element("select", { name }, new Option(`${label}: ${dialog.dataset.all}`, ""));
    for (const { text, mark, count } of options) {
      made.append(new Option(`${text} (${count})`, mark, false, mark === value));
    }
    made.setAttribute("aria-label", label);
    return made;
  }

  // ---------------------------------------------------------------------------------------- shown

  function clear() {
    current = null;
    list.replaceChildren();
    for (const each of [part("kinds"), part("facets"), part("none"), more]) each.hidden = true;
    part("start").hidden = false;
    status.textContent = "";
    remember({});
  }

  function showResults() {
    list.replaceChildren();
    // Their place is kept, so that nothing moves when they come.
    for (const each of [part("kinds"), part("facets")]) each.hidden = !current.total;
    part("body").scrollTop = 0;
    part("start").hidden = true;
    part("none").hidden = current.total > 0 && !current.loose;
    addResults();
    status.textContent = message();
    if (!part("none").hidden) suggest();
  }

  function message() {
    const { found, none, read, near } = dialog.dataset;
    const { asked, loose, total, query } = current;
    if (!total) return none.replace("{query}", query);
    const notes = asked.read ? [read.replace("{words}", asked.read)] : [];
    if (loose) notes.push(near);
    return [...notes, found.replace("{number}", total)].join(" · ");
  }

  function addResults() {
    const next = current.pages.slice(current.given, current.given + SHOWN);
    const items = next.map((page) => resultItem(page, current.words));
    list.append(...items);
    current.given += next.length;
    more.hidden = current.given >= current.total;
    return items;
  }

  async function showMore() {
    if (current.given >= current.pages.length) {
      current.pages.push(...(await current.order(current.left, current.loaded)));
      current.loaded += CANDIDATES;
    }
    addResults()[0]?.querySelector("a").focus();
  }

  async function suggest() {
    await lexicon.listen();
    const words = nearest(current.query, lexicon);
    part("near").hidden = !words.length;
    part("near").querySelector("span").replaceChildren(...words.map(example));
  }

  function example(words) {
    const onclick = () => {
      field.value = words;
      field.focus();
      search();
    };
    return element("button", { type: "button", className: "pp-search__example", onclick }, words);
  }

  // A synonym, a unit, a theme, a phrase: whatever this plan has.
  function examples() {
    const first = (name) => valuesOf(name)[0]?.[0];
    const [phrase] = lexicon.phrases.split(" ");
    return [[...lexicon.synonyms.keys()][0], first("unit"), first("theme"), phrase].filter(Boolean);
  }

  // ----------------------------------------------------------------------------------------- keys

  // Arrows walk through the field and the links; what is typed on a link goes on in the field.
  function walk(event) {
    const links = [...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const at = links.indexOf(document.activeElement);
    const inField = document.activeElement === field;
    if (!inField && at < 0 && document.activeElement !== part("body")) return;
    if (event.key === "ArrowDown" && links[at + 1]) show(links[at + 1]);
    else if (event.key === "ArrowUp" && at >= 0) show(links[at - 1] ?? field);
    else {
      const types = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey;
      if (types && !inField && !event.altKey) field.focus();
      return;
    }
    event.preventDefault();
  }

  function show(link) {
    link.focus({ preventScroll: true });
    (link.closest("li") ?? link).scrollIntoView({ block: "nearest" });
  }

  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the theme has keys of its own
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work
    const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (event.key === "Escape" && document.activeElement === field) dialog.close(); // not only emptied
    else if (command) field.select();
    else return walk(event);
    event.preventDefault();
    return undefined;
  });

  // Enter follows the first result; on a phone it puts the keyboard away that hides the results.
  dialog.querySelector("form").addEventListener("submit", async () => {
    if (current?.query !== field.value.trim()) await search();
    if (matchMedia("(pointer: coarse)").matches) field.blur();
    else list.querySelector("a")?.click();
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  field.addEventListener("compositionend", () => search());
  part("facets").addEventListener("change", () => narrow(chosen()));
  part("kinds").addEventListener("click", ({ target }) => {
    const { value } = target.closest("button") ?? {};
    if (!value) return;
    const { kind, ...others } = chosen();
    narrow(kind === value ? others : { ...others, kind: value });
  });
  more.addEventListener("click", showMore);
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // outside
  // Where a theme changes pages without loading them, the dialog is there still. The page that is
  // left keeps the query in its address: Back leads to the results.
  let followed = false;
  list.addEventListener("click", (event) => {
    followed = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (followed) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (!followed) remember({});
    followed = false;
  });
  part("examples").append(...examples().map(example));

  return {
    start: () => (field.value.trim() ? search(given()) : clear()),
    find: (query) => find(query, lexicon, engine),
  };
}
