// Runs the scripts that a page asks for (link[data-mount] in its head), each once for each page:
// also where the theme puts a new page in the place of the old one without loading it.
"use strict";

(() => {
  const mounted = new WeakSet();

  function mount() {
    const page = document.querySelector(".pp");
    if (!page || mounted.has(page)) return;
    mounted.add(page);
    for (const { href } of document.querySelectorAll("link[data-mount]")) {
      // A reader may have gone on by then.
      import(href).then((script) => page.isConnected && script.mount(page));
    }
  }

  // The theme tells of every page that it shows, the first one too; without it there is but one.
  if (window.document$) window.document$.subscribe(mount);
  else mount();
})();
