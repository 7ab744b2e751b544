// Draws the interactive form of a chart when a reader asks for it, from the site's own files.
// Without this script the pictures, tables and downloads are all there; the buttons stay hidden.

const vega = new URL("vega.js", import.meta.url);
// The roles of the colours that specifications are written in: see palette.py.
const roles = {
  "#1c2431": "text",
  "#596372": "quiet",
  "#d3d9e2": "line",
  "#ffffff": "paper",
  "#1f5fa9": "heat",
  "#0b5fa5": "1",
  "#e08b1a": "2",
  "#00805d": "3",
  "#a14d82": "4",
  "#6b7683": "5",
  "#5aa9dd": "6",
};
/** A specification in the colours of the page's scheme and in its font. */
function dressed(text, frame) {
  const style = getComputedStyle(frame);
  const spec = JSON.parse(
    text.replace(/#[0-9a-f]{6}/g, (colour) =>
      roles[colour] ? style.getPropertyValue(`--pp-chart-${roles[colour]}`).trim() : colour,
    ),
  );
  spec.config = { ...spec.config, font: style.fontFamily };
  return spec;
}

async function play(button) {
  const frame = button.closest(".pp-chart").querySelector(".pp-chart__frame");
  button.disabled = true;
  try {
    const [answer] = await Promise.all([fetch(button.dataset.spec), import(vega)]);
    if (!answer.ok) throw new Error(answer.statusText);
    const place = document.createElement("div");
    const options = {
      actions: false,
      ast: true, // no eval: the page's policy may forbid it
      defaultStyle: false,
      renderer: "svg",
      tooltip: { disableDefaultStyle: true },
    };
    await vegaEmbed(place, dressed(await answer.text(), frame), options);
    frame.replaceChildren(place);
    button.hidden = true;
  } catch {
    button.disabled = false;
    button.textContent = button.dataset.failed;
  }
}

export function mount(page) {
  for (const button of page.querySelectorAll("button[data-spec]")) {
    button.hidden = false;
    button.addEventListener("click", () => play(button));
  }
}
