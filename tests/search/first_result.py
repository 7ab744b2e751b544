"""Measures what a first search costs a reader: bytes and time from opening to the first result.

    python -m tests.search.first_result SITE 数据中心

Bytes are counted where the site is served, for what a page's tools show misses some requests. Text
is sent compressed, as hosts do; Pagefind's own files are compressed already.
"""

import functools
import gzip
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

QUERY = "数据中心"
MARK = "/first-result"
_TELL = """(mark) => new Promise((resolve) => {
  const list = document.querySelector(".pp-search__results");
  const tell = () => list.querySelector("a") && fetch(mark).then(resolve);
  new MutationObserver(tell).observe(list, { childList: true });
  tell();
})"""
_COMPRESSED = (".html", ".js", ".css", ".json", ".svg")


@dataclass
class Served:
    """A site at `address`, and the bytes of each body sent since `bodies` was emptied.

    A page that asks for `MARK` says that it shows a result: `first` is what it cost until then.
    """

    address: str = ""
    bodies: list[tuple[str, int]] = field(default_factory=list)
    first: int = 0


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, served: Served, **more: Any) -> None:
        self.served = served
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        if self.path == MARK:
            self.served.first = sum(size for _, size in self.served.bodies)
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in _COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.served.bodies.append((self.path, len(body)))
        with suppress(BrokenPipeError):  # the reader has what it came for, and leaves
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(site: Path) -> Iterator[Served]:
    """Serve a folder on this machine."""
    served = Served()
    handler = functools.partial(_Handler, directory=str(site), served=served)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served.address = f"http://127.0.0.1:{server.server_port}/"
        yield served
        server.shutdown()


def first_result(browser: Any, site: Path, query: str = QUERY) -> tuple[int, float]:
    """Bytes and seconds from opening the dialog on a loaded page to the first result.

    `browser` is a Playwright browser, `site` the folder of a built site; nothing is cached before.
    """
    with serve(site) as served:
        page = browser.new_context().new_page()
        page.goto(served.address)
        page.wait_for_load_state("networkidle")
        served.bodies.clear()
        start = time.perf_counter()
        page.keyboard.press("/")
        page.keyboard.insert_text(query)
        page.evaluate(_TELL, MARK)
        seconds = time.perf_counter() - start
        page.context.close()
    return served.first, seconds


def main(site: str, *queries: str) -> None:
    """Print both for each query."""
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for query in queries or (QUERY,):
            size, seconds = first_result(browser, Path(site), query)
            line = f"{query}: {size / 1000:.0f} KB, {seconds:.2f} s to the first result\n"
            sys.stdout.write(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
