// Sorts and filters an overview table in the page; the filter stands in the address.
// Without this script the table is whole and the form stays hidden.
"use strict";

function mountListing(table) {
  const form = table.closest(".pp").querySelector(".pp-filters");
  const rows = [...table.tBodies[0].rows];
  const status = form.querySelector("output");

  const holds = (row, name, value) =>
    name === "find"
      ? row.textContent.toLowerCase().includes(value.toLowerCase())
      : (row.dataset[name] || "").split("|").includes(value);

  function wanted() {
    return [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  }

  function apply() {
    const filters = wanted();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !filters.every(([name, value]) => holds(row, name, value.trim()));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = status.dataset.shown
      .replace("{shown}", shown)
      .replace("{all}", rows.length);
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
    if (given.has("sort")) sortBy(given.get("sort"));
  }

  function sortBy(order) {
    const descending = order.startsWith("-");
    const index = Number(order.replace("-", ""));
    const heading = table.tHead.rows[0].cells[index];
    if (!heading || !heading.dataset.sort) return;
    const key = (row) => row.cells[index].dataset.value ?? row.cells[index].textContent;
    const compare =
      heading.dataset.sort === "number"
        ? (a, b) => (Number(key(a)) || -Infinity) - (Number(key(b)) || -Infinity)
        : (a, b) => key(a).localeCompare(key(b), document.documentElement.lang);
    rows.sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
    table.tBodies[0].append(...rows);
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
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
  form.hidden = false;
  recall();
  apply();
}

document.querySelectorAll("table[data-listing]").forEach(mountListing);
