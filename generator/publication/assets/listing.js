// Sorts and filters an overview table in the page; the filter stands in the address.
// A long table runs over several pages: the rows of the others are fetched when a filter or an order
// needs them. Without this script the table is whole, page by page, and the form stays hidden.

function mountListing(table) {
  const page = table.closest(".pp");
  const form = page.querySelector(".pp-filters");
  const status = form.querySelector("output");
  const steps = page.querySelector(".pp-steps");
  const own = new Set(table.tBodies[0].rows);
  let rows = [...own];
  let fetching = null;

  async function rowsOf(link) {
    if (link.ariaCurrent) return [...own];
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(`${response.status} ${link.href}`);
    const other = new DOMParser().parseFromString(await response.text(), "text/html");
    const fetched = [...other.querySelector("table[data-listing]").tBodies[0].rows];
    for (const anchor of fetched.flatMap((row) => [...row.querySelectorAll("a")])) {
      anchor.href = new URL(anchor.getAttribute("href"), link.href);
    }
    return fetched.map((row) => document.adoptNode(row));
  }

  // All rows of all pages, in their order; those of the others stay hidden until they are wanted.
  // False where they cannot be had: no answer is better than one about a part of the table.
  function fetchRows() {
    fetching ??= Promise.all([...steps.querySelectorAll("a")].map(rowsOf))
      .then((parts) => {
        rows = parts.flat();
        for (const row of rows) row.hidden = !own.has(row);
        table.tBodies[0].append(...rows);
        return true;
      })
      .catch(() => {
        fetching = null; // the next try asks again
        status.textContent = status.dataset.failed;
        return false;
      });
    return fetching;
  }

  const holds = (row, name, value) =>
    name === "find"
      ? row.textContent.toLowerCase().includes(value.toLowerCase())
      : (row.dataset[name] || "").split("|").includes(value);

  function wanted() {
    return [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  }

  function kept() {
    const filters = wanted();
    return rows.filter((row) => filters.every(([name, value]) => holds(row, name, value.trim())));
  }

  // What the filter keeps of all pages, in the order shown, for export.js; null where it is not known.
  table.keptRows = async () => {
    if (steps && !(await fetchRows())) return null;
    return kept();
  };

  async function apply() {
    const sorted = Boolean(table.tHead.querySelector("[aria-sort]"));
    const whole = sorted || wanted().length > 0;
    if (steps && whole && !(await fetchRows())) return;
    const wantedRows = new Set(kept());
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(wantedRows.has(row) && (whole || own.has(row)));
      shown += row.hidden ? 0 : 1;
    }
    if (steps) steps.hidden = whole;
    status.textContent = status.dataset.shown
      .replace("{shown}", shown)
      .replace("{all}", table.dataset.rows);
  }

  function remember() {
    const address = new URL(location.href);
    const sort = address.searchParams.get("sort");
    address.search = new URLSearchParams(sort ? [...wanted(), ["sort", sort]] : wanted());
    history.replaceState(null, "", address);
  }

  function recall() {
    const given = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (field.name && given.has(field.name)) field.value = given.get(field.name);
    }
    return given.has("sort") ? sortBy(given.get("sort")) : apply();
  }

  async function sortBy(order) {
    const descending = order.startsWith("-");
    const index = Number(order.replace("-", ""));
    const heading = table.tHead.rows[0].cells[index];
    if (!heading || !heading.dataset.sort) return;
    const key = (row) => row.cells[index].dataset.value ?? row.cells[index].textContent;
    const compare =
      heading.dataset.sort === "number"
        ? (a, b) => (Number(key(a)) || -Infinity) - (Number(key(b)) || -Infinity)
        : (a, b) => key(a).localeCompare(key(b), document.documentElement.lang);
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    await apply();
    rows.sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
    table.tBodies[0].append(...rows);
  }

  function makeSortable(heading, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pp-sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const order = heading.getAttribute("aria-sort") === "ascending" ? `-${index}` : `${index}`;
      sortBy(order);
      const address = new URL(location.href);
      address.searchParams.set("sort", order);
      history.replaceState(null, "", address);
    });
  }

  [...table.tHead.rows[0].cells].forEach((heading, index) => {
    if (heading.dataset.sort) makeSortable(heading, index);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    apply();
    remember();
  });
  form.addEventListener("reset", () =>
    setTimeout(() => {
      apply();
      remember();
    }),
  );
  recall();
}

export function mount(page) {
  page.querySelectorAll("table[data-listing]").forEach(mountListing);
}
