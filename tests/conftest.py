"""What tests of several layers share."""

import functools
import shutil
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and slow at times: a law is about what holds, not about how fast.
settings.register_profile("planpub", deadline=None, derandomize=True)
settings.load_profile("planpub")

ROOT = Path(__file__).parent.parent
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory):
    """The site of the shipped plan, built once, in a folder of its own."""
    from generator.build import Report, build_and_swap

    site = tmp_path_factory.mktemp("shipped") / "site"
    return build_and_swap(ROOT / "mkdocs.yml", site, lambda _: None, Report())


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing in the tests' output."""


@contextmanager
def served(folder):
    """Serve a folder on this machine at an address."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(shipped_site):
    """Where the shipped site is served: in a sub-path, as on most hosts."""
    root = shipped_site.parent / "host"
    root.mkdir()
    (root / "sub").symlink_to(shipped_site, target_is_directory=True)
    with served(root) as host:
        yield f"{host}sub/"


@pytest.fixture(scope="session")
def browser():
    """Chromium; tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it (.ci/run does) to run browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()
