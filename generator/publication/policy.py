"""The Content-Security-Policy that every page carries: only what the page itself brings may run.

Source: W3C, Content Security Policy Level 3. A static host sets no headers, so the policy stands in
the page. Inline scripts of the theme are allowed by their hash; `wasm-unsafe-eval` is for search.
"""

import re
from base64 import b64encode
from hashlib import sha256

PLACE = "planpub:policy"
"""What stands in the frame template where the policy will be."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_RULES = (
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


def with_policy(page: str) -> str:
    """The rendered page with its policy in place; a page without the place is left as it is."""
    if PLACE not in page:
        return page
    hashes = dict.fromkeys(map(_hash, _INLINE.findall(page)))
    scripts = " ".join(("script-src 'self' 'wasm-unsafe-eval'", *hashes))
    return page.replace(PLACE, "; ".join((*_RULES, scripts)))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
