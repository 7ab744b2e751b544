// Hands out what the filter of an overview table keeps, of all its pages, as it is shown, as CSV.
// The filter is named twice: in the file's name, as in the address, and in words in a column of its
// own, for a remark above the headings would break every program that reads the file.
// Without this script the links to the whole table stand.

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

// The filter in words: 期限:2025年;责任单位:市工信局
function filterText(form, line) {
  const words = [...form.querySelectorAll("label")].flatMap((label) => {
    const field = label.querySelector("input, select");
    const option = field.selectedOptions?.[0];
    const value = option ? plain(option).replace(/ \(\d+\)$/, "") : field.value.trim();
    return field.value.trim() ? [`${plain(label.querySelector("span"))}: ${value}`] : [];
  });
  return words.join("; ") || line.dataset.all;
}

function withHeadings(kept, table, form, line) {
  const titles = [...table.tHead.rows[0].cells].map(plain);
  const filter = filterText(form, line);
  const cells = kept.map((row) => {
    const link = row.querySelector("a[href]");
    return [row.id, ...[...row.cells].map(cellText), link ? link.href : "", filter];
  });
  return [[line.dataset.id, ...titles, line.dataset.page, line.dataset.filter], ...cells];
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
  line.addEventListener("click", async ({ target }) => {
    const kind = target.dataset.take;
    if (!kind) return;
    const kept = await table.keptRows();
    if (!kept) return;
    const rows = withHeadings(kept, table, form, line);
    // The mark by which Excel and WPS know UTF-8.
    const text = kind === "excel" ? "\ufeff" + csv(rows, "\r\n") : csv(rows, "\n");
    save(fileName(form, line.dataset.file, kind === "excel" ? "-excel.csv" : ".csv"), text);
  });
}
