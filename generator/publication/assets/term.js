// The small calculator on a term's page. Without scripts the form is not shown.

import { estimator } from "./estimate.js";

export function mount(page) {
  page.querySelectorAll("form[data-term]").forEach(mountEstimate);
}

function mountEstimate(form) {
  const data = JSON.parse(form.dataset.term);
  const { estimate, readFields } = estimator(data);
  const fields = [...form.querySelectorAll("input")];
  const [sum, how, open] = ["sum", "how", "open"].map((name) =>
    form.querySelector(`[data-out="${name}"]`),
  );

  function show() {
    const figures = readFields(fields);
    const result = estimate(data.term, figures);
    const computed = result.high !== null;
    sum.textContent = computed ? result.headline : "";
    how.textContent = result.explanation;
    open.replaceChildren(
      ...(computed ? result.unknown : []).map((words) => {
        const item = document.createElement("li");
        item.textContent = words;
        return item;
      }),
    );
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  show();
}
