"""A chart's SVG for its two places: inside a page, and as a file that explains itself.

Inside a page colours become classes (see palette.py), the page's own font is used, and the text
alternative stands in front. In the file question, finding and source are written around the chart,
on white paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from generator.publication.charts.palette import PAPER, QUIET, ROLES, TEXT
from generator.publication.lettering import wrap

FONTS = "Noto Sans CJK SC, Noto Sans CJK TC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_SPACE = "{http://www.w3.org/2000/svg}"
_NOISE = {"class", "role", "pointer-events", "font-family", "stroke-miterlimit", "version"}
_DECIMALS = re.compile(r"-?\d+\.\d+")
_MARGIN = 16
_FONT_SIZE = "12px"


@dataclass(frozen=True, kw_only=True)
class Caption:
    """The words around a chart in a file to take away."""

    title: str
    lead: str
    source: str


def tidy(svg: str) -> str:
    """What a renderer wrote, without what shows nothing and without a namespace."""
    root = ET.fromstring(svg)  # noqa: S314 - our own renderer wrote it
    return _text(_tidied(root))


def embedded(svg: str, name: str, title: str, description: str) -> str:
    """A tidied chart inside a page, in the page's colours and font, with its text alternative."""
    root = ET.fromstring(svg)  # noqa: S314 - tidied just now
    for element in root.iter():
        _colour_by_class(element)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute)
    root.attrib |= {
        "class": "pp-chart__picture",
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
    }
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        words_of = ET.Element(tag, {"id": f"{name}-{tag}"})
        words_of.text = words
        root.insert(place, words_of)
    return _text(root)


def poster(svg: str, caption: Caption) -> str:
    """A tidied chart as a file that says what it shows and where that comes from."""
    chart = ET.fromstring(svg)  # noqa: S314 - tidied just now
    wide, high = float(chart.attrib["width"]), float(chart.attrib["height"])
    words = [
        *_lines(caption.title, 16, TEXT, wide),
        *_lines(caption.lead, 12, TEXT, wide),
    ]
    source = _lines(caption.source, 10, QUIET, wide)
    top = _MARGIN + sum(_line_height(size) for _, size, _ in words) + 8
    end = top + high + 6 + sum(_line_height(size) for _, size, _ in source) + _MARGIN
    width = wide + 2 * _MARGIN
    sheet = ET.Element(
        "svg",
        {
            "xmlns": _SPACE[1:-1],
            "width": f"{width:g}",
            "height": f"{end:g}",
            "viewBox": f"0 0 {width:g} {end:g}",
            "font-family": FONTS,
            "font-size": _FONT_SIZE,
        },
    )
    ET.SubElement(sheet, "title").text = caption.title
    ET.SubElement(sheet, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    sheet.extend(_written(words, _MARGIN))
    place = ET.SubElement(sheet, "g", {"transform": f"translate({_MARGIN},{top:g})"})
    place.extend(list(chart))
    sheet.extend(_written(source, top + high + 6))
    return _text(sheet)


Line = tuple[str, int, str]
"""A line of words: the text, its size in pixels, its colour."""


def _lines(text: str, size: int, colour: str, width: float) -> list[Line]:
    return [(line, size, colour) for line in wrap(text, width / size, 6)] if text else []


def _line_height(size: int) -> int:
    return round(size * 1.5)


def _written(lines: list[Line], top: float) -> Iterator[ET.Element]:
    for text, size, colour in lines:
        top += _line_height(size)
        attributes = {"x": str(_MARGIN), "y": f"{top - size * 0.4:g}"}
        line = ET.Element("text", {**attributes, "font-size": f"{size}px", "fill": colour})
        line.text = text
        yield line


def _tidied(element: ET.Element) -> ET.Element:
    """The element without noise; groups that only hold others are left out."""
    clean = ET.Element(element.tag.removeprefix(_SPACE), dict(_attributes(element)))
    clean.text = element.text
    for child in element:
        kept = _tidied(child)
        if _shows(kept):
            clean.extend(list(kept) if kept.tag == "g" and not kept.attrib else [kept])
    return clean


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        plain = name in _NOISE or name.startswith("aria-") or (name, value) in _DEFAULTS
        if not plain:
            rounded = name in {"d", "transform"}
            yield name, _DECIMALS.sub(_rounded, value) if rounded else value


_DEFAULTS = {
    ("opacity", "1"),
    ("font-size", _FONT_SIZE),
    ("transform", "translate(0,0)"),
    ("text-anchor", "start"),
}


def _rounded(match: re.Match[str]) -> str:
    return f"{round(float(match[0]), 1):g}"


def _shows(element: ET.Element) -> bool:
    if element.tag == "g":
        return len(element) > 0
    if element.tag in {"text", "tspan"}:
        return bool("".join(element.itertext()))
    painted = element.get("fill", "transparent") != "transparent" or element.get("stroke")
    return bool(painted) and element.get("d") != ""


def _colour_by_class(element: ET.Element) -> None:
    classes = []
    for part in ("fill", "stroke"):
        role = ROLES.get(element.get(part, ""))
        if role:
            del element.attrib[part]
            classes.append(f"pp-{part}-{role}")
    if classes:
        element.set("class", " ".join(classes))


def _text(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")
