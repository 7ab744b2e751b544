"""Charts as files: drawn once by vl-convert, then kept.

A drawing is known by what it is made of: the chart's shape, rows and options, the code of this
package and the versions of the libraries. The same drawing is never made twice: a second build
reads it from the cache and does not even load Altair.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from generator.publication.charts.chart import Chart
from generator.publication.charts.svg import FONTS, Caption, poster, tidy
from generator.publication.shelf import Shelf, digest_of

INSTALLED_FONT = "Noto Sans CJK TC"
"""The font of pictures made of pixels: it comes with planpub, the same on every machine."""

_CODE = ("generator.publication.charts",)
_LIBRARIES = ("altair", "vl-convert-python")
PNG_SCALE = 2
"""Pixels of the PNG for each of the chart's: sharp in print and on phones."""


@dataclass(frozen=True)
class Drawn:
    """A chart as drawn: the picture alone, the files to take away, the specification."""

    svg: str
    poster: str
    png: bytes
    spec: bytes


@dataclass(frozen=True)
class Studio:
    """Draws charts, and keeps what it has drawn on the shelf."""

    shelf: Shelf = field(default_factory=Shelf)

    def draw(self, chart: Chart, caption: Caption, package: str) -> Drawn:
        """The chart's files; `caption` stands on the ones to take away."""
        made_of = (chart.shape.__qualname__, chart.drawn, dict(chart.options), caption)
        digest = _digest(made_of)
        stem = f"{package}-{chart.name}"
        kept = self._kept(stem, digest)
        return kept or self._keep(stem, digest, _draw(chart, caption))

    def _kept(self, stem: str, digest: str) -> Drawn | None:
        kept = self.shelf.take(stem, digest, _ENDINGS)
        if kept is None:
            return None
        svg, taken, png, spec = kept
        return Drawn(svg.decode(), taken.decode(), png, spec)

    def _keep(self, stem: str, digest: str, drawn: Drawn) -> Drawn:
        contents = (drawn.svg.encode(), drawn.poster.encode(), drawn.png, drawn.spec)
        self.shelf.put(stem, digest, dict(zip(_ENDINGS, contents, strict=True)))
        return drawn


_ENDINGS = (".inner.svg", ".svg", ".png", ".vl.json")


def _draw(chart: Chart, caption: Caption) -> Drawn:
    import vl_convert
    from altair.utils import schemapi

    # The tests hold every shape against Vega-Lite's schema; a build need not, and is quicker so.
    with schemapi.debug_mode(arg=False):
        picture = chart.shape(chart.drawn, columns=chart.columns, **chart.options)
        spec: dict[str, Any] = picture.to_dict(validate=False)
    svg = tidy(_rendered(spec))
    taken = poster(svg, caption)
    _register_font()
    png = vl_convert.svg_to_png(taken.replace(FONTS, INSTALLED_FONT), scale=PNG_SCALE)
    written = json.dumps(spec, ensure_ascii=False, indent=1) + "\n"
    return Drawn(svg, taken, png, written.encode())


def _rendered(spec: dict[str, Any]) -> str:
    """The picture of a specification, as Vega draws it.

    Shapes fix all room themselves, so that no width that Vega measures moves anything; but to
    measure a word in a Chinese font costs it 4 ms. It is given stand-ins of Latin letters that are
    about as wide, and the words are put back in the picture.
    """
    import vl_convert

    plain = {**spec, "config": {**spec["config"], "font": "sans-serif"}}
    text = json.dumps(plain, ensure_ascii=False)
    runs = list(dict.fromkeys(_FOREIGN.findall(text)))
    places = {run: place for place, run in enumerate(runs)}
    if _STAND_IN.search(text):
        return str(vl_convert.vegalite_to_svg(spec))
    drawn = vl_convert.vegalite_to_svg(_FOREIGN.sub(lambda m: _stand_in(m[0], places), text))
    return _STAND_IN.sub(lambda match: runs[int(match[1])], drawn)


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_STAND_IN = re.compile(r"zq(\d+)q*z")


def _stand_in(run: str, places: Mapping[str, int]) -> str:
    return f"zq{places[run]}".ljust(2 * len(run) - 1, "q") + "z"


@cache
def _register_font() -> None:
    """Draw with the font that is installed with planpub, the same on every machine."""
    import vl_convert

    for file in distribution("cvttf-notosanscjk-regular").files or ():
        if file.suffix == ".otf":
            folder = Path(str(file.locate())).resolve().parent
            vl_convert.register_font_directory(str(folder))
            return


def _digest(made_of: object) -> str:
    """A name for what a drawing is made of, the code that draws it included."""
    text = json.dumps(made_of, ensure_ascii=False, default=_plain)
    return digest_of([text], packages=_CODE, libraries=_LIBRARIES)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else vars(value)
