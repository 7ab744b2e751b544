// Opens the dialog of search: by its button, by / or Ctrl-K, or by ?q= in the address of any page.
// All else, the index too, is loaded when it is opened for the first time.
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src);
  const dialog = document.querySelector("dialog.pp-search");
  const opener = document.querySelector(".pp-search-open");
  if (!dialog || !opener) return;
  opener.hidden = !dialog.showModal; // a browser from before there were dialogs
  if (opener.hidden) return;

  let mounted = null;
  const mount = () => {
    mounted ??= import(new URL("assets/planpub/search/dialog.js", root)).then(
      ({ mountDialog }) => mountDialog(dialog, root),
      (error) => {
        mounted = null;
        dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
        throw error;
      },
    );
    return mounted;
  };

  // The field can be typed in at once; what was typed is searched when the rest is there.
  function open() {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    mount().then((mountedDialog) => mountedDialog.start());
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
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  opener.addEventListener("click", open);

  // A page may have a form of its own for a question; search answers it.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-search]");
    if (!form) return;
    event.preventDefault();
    dialog.querySelector("input").value = form.elements.q.value;
    open();
  });

  // A page with ?q= in its address is a search.
  function openAsked() {
    const asked = new URLSearchParams(location.search).get("q");
    if (!asked) return false;
    if (dialog.open) return true;
    dialog.querySelector("input").value = asked;
    open();
    // No keyboard over results that somebody sent.
    if (matchMedia("(pointer: coarse)").matches) dialog.querySelector(".pp-search__body").focus();
    return true;
  }

  openAsked();
  // Where the theme changes pages without loading them, it tells of every address that is gone to.
  window.location$?.subscribe(() => openAsked() || dialog.close());
  // For tests and measurements: the same search without the dialog.
  dialog.find = async (query) => (await mount()).find(query);
})();
