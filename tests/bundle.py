"""`python -m tests.bundle`: the page's drawing library, vega.js, anew from the vl-convert that is installed.

Making it takes two seconds and gives the same each time, so it is made here and not with each page. The
licences of what is in it stand beside it, in vega.LICENSES.txt, written by hand from its packages.
"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).parents[1] / "quota" / "render" / "report" / "templates" / "vega.js"


def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


if __name__ == "__main__":
    FILE.write_text(bundle(), encoding="utf-8", newline="")
