"""The weekly check that the addresses a descriptor names still answer."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.intake.sources import addresses, ask


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing in the tests' output."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_an_address_that_no_longer_answers_is_named(server):
    """A reader of the report sees which address is gone, and that the others are well."""
    descriptor = {
        "homepage": f"{server}/here",
        "sources": [{"path": f"{server}/gone"}, {"path": "local.txt"}, "odd"],
        "licenses": [{"path": f"{server}/here"}],
    }
    answers = {each.address: each.trouble for each in ask(descriptor)}
    assert answers[f"{server}/here"] == ""
    assert "404" in answers[f"{server}/gone"]
    assert len(answers) == 2


def test_only_web_addresses_are_asked():
    """Paths within the package and missing addresses are nobody's to ask."""
    assert list(addresses({"sources": [{"path": "a.txt"}, {}], "homepage": None})) == []
