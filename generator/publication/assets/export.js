// Hands out the rows of an overview table that are shown, as they are shown, as CSV; the file is
// called after the filter. Without this script the links to the whole table stand.

// What a spreadsheet may take for a formula, as in downloads/cells.py; plain numbers keep their sign.
const FORMULA = /^(?:[\s"'\0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]|[\t\r\n\0])/;
const HARMLESS = /^(?:[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?%?|[-\u2212]+)$/i;
const LONGEST_NAME = 120;

const defused = (text) => (FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();

// A cell in words: several links by semicolons, marks in brackets after the rest.
function cellText(cell) {
  const marks = [...cell.querySelectorAll(".pp-badge")];
  const chips = [...cell.querySelectorAll(".pp-chip")];
  const copy = cell.cloneNode(true);
  for (const mark of copy.querySelectorAll(".pp-badge")) mark.remove();
  const words = chips.length ? chips.map(plain).join(";") : plain(copy);
  const marked = marks.map(plain).join(";");
  return words && marked ? `${words} [${marked}]` : words || marked;
}

function rowsShown(table, line) {
  const titles = [...table.tHead.rows[0].cells].map(plain);
  const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
  const cells = shown.map((row) => {
    const link = row.querySelector("a[href]");
    return [row.id, ...[...row.cells].map(cellText), link ? link.href : ""];
  });
  return [[line.dataset.id, ...titles, line.dataset.page], ...cells];
}

function csv(rows, end) {
  return rows.map((row) => row.map((cell) => quoted(defused(cell))).join(",") + end).join("");
}

// plan-targets-v1.0.0_due-2025_unit-finance.csv
function fileName(form, stem, ending) {
  const filters = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  const parts = [stem, ...filters.map(([name, value]) => `${name}-${value.trim()}`)];
  const safe = parts.map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+|-+$/g, ""));
  return safe.join("_").slice(0, LONGEST_NAME) + ending;
}

function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export function mount(page) {
  const line = page.querySelector(".pp-export");
  const table = page.querySelector("table[data-listing]");
  const form = page.querySelector(".pp-filters");
  line.addEventListener("click", ({ target }) => {
    const kind = target.dataset.take;
    if (!kind) return;
    const rows = rowsShown(table, line);
    // The mark by which Excel and WPS know UTF-8.
    const text = kind === "excel" ? "\ufeff" + csv(rows, "\r\n") : csv(rows, "\n");
    save(fileName(form, line.dataset.file, kind === "excel" ? "-excel.csv" : ".csv"), text);
  });
  line.hidden = false;
}
