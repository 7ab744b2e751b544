// Puts today's date into citations that ask when the page was seen, and copies what a reader takes.

export function mount(page) {
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

  page.querySelectorAll(".pp-quote").forEach((quote) => {
    const text = quote.querySelector("code");
    text.textContent = text.textContent.replace("[YYYY-MM-DD]", `[${day}]`);
    const button = quote.querySelector(".pp-copy");
    button.hidden = !navigator.clipboard; // there is none on a page that is not served securely
    if (button.hidden) return;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = words), 2000);
    });
  });
}
