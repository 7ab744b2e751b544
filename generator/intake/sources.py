"""Do the addresses that a descriptor names still answer: its sources, licences and homepage."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

_TIMEOUT = 30
_AT_ONCE = 4


@dataclass(frozen=True)
class Answer:
    """What came of asking for one address; `trouble` is empty where it answered."""

    address: str
    trouble: str


def addresses(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Every web address that the descriptor names, once."""
    named = [descriptor.get("homepage")]
    for key in ("sources", "licenses", "contributors"):
        named += [each.get("path") for each in descriptor.get(key, ()) if isinstance(each, dict)]
    web = (each for each in named if isinstance(each, str) and each.startswith("http"))
    return iter(dict.fromkeys(web))


def ask(descriptor: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Ask for every address, a few at once; the answers stand in the descriptor's order."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(pool.map(_ask, addresses(descriptor)))


def _ask(address: str) -> Answer:
    # A browser's name: some official sites turn away everything else.
    request = Request(address, headers={"User-Agent": "Mozilla/5.0 (planpub source check)"})  # noqa: S310
    try:
        with urlopen(request, timeout=_TIMEOUT):  # noqa: S310
            return Answer(address, "")
    except (URLError, OSError, ValueError) as error:
        return Answer(address, str(error))
