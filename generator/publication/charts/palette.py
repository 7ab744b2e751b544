"""The colours of charts, for light and dark pages and for readers who tell few colours apart.

A picture is drawn in the light colours, each of which stands for a role. On a page the role is a
class (figures.css gives it a colour of the page's scheme); in a file to take away it stays as it
is. Series differ in lightness as well as in hue (after Okabe and Ito), and never in colour alone:
each part of a bar is named in the legend in the order in which it is drawn, and in the table.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEXT: Final = "#1c2431"
QUIET: Final = "#596372"
LINE: Final = "#d3d9e2"
PAPER: Final = "#ffffff"
HEAT: Final = "#1f5fa9"
SERIES: Final = ("#0b5fa5", "#e08b1a", "#00805d", "#a14d82", "#6b7683", "#5aa9dd")

ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        TEXT: "text",
        QUIET: "quiet",
        LINE: "line",
        PAPER: "paper",
        HEAT: "heat",
        **{colour: f"{place}" for place, colour in enumerate(SERIES, start=1)},
    }
)
"""The role of each colour; `pp-fill-text` and `pp-stroke-text` are its classes on a page."""
