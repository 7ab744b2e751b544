"""The scripts of the interactive charts: Vega, Vega-Lite and Vega-Embed in one file.

vl-convert bundles them, but takes longer for it than for all charts of a plan. So the bundle lies
among our assets; `make vega` writes it anew, and a test holds it against vl-convert's.
"""

from pathlib import Path

from vl_convert import get_vega_embed_version, get_vega_version, javascript_bundle

FILE = Path(__file__).parents[1] / "assets" / "vega.js"

_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def bundle() -> str:
    """The bundle with its notice."""
    notice = (
        f"/*! Vega {get_vega_version()}, Vega-Lite and Vega-Embed {get_vega_embed_version()} "
        "with what they need, bundled by vl-convert. Copyright University of Washington "
        "Interactive Data Lab and contributors; BSD 3-Clause License, "
        "https://github.com/vega/vega/blob/main/LICENSE */\n"
    )
    return notice + str(javascript_bundle(_SNIPPET))


if __name__ == "__main__":
    FILE.write_text(bundle(), encoding="utf-8")
