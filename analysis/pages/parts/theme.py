"""One look for all charts, and what a notebook holds of each.

That is a view for JupyterLab, which draws it without a network (`interactive`), and the drawing as SVG with the bundled
font, for pages, paper and whatever draws no views. Both are the same bytes in every process and time zone, whether a
person runs the notebook in JupyterLab or papermill does.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import altair as alt

from analysis.core.legible import legible
from analysis.pages.parts import fonts, interactive
from analysis.pages.words.session import language

#: Colours of Okabe and Ito (2008), told apart with any colour vision; text colours reach 4.5:1 on white.
INK = "#1f2933"
MUTED = "#52606d"
GRID = "#e4e7eb"
BLUE = "#0072b2"
ORANGE = "#b34d00"
GREEN = "#00664d"
SHADE = "#d9dee3"
SERIES = (BLUE, ORANGE, GREEN, "#8a3f6c", "#5b5b00", "#3d4f91", "#7a4b00", "#444444")

WIDTH = 620

#: Of the drawing that a phone shows, its axis included.
NARROW = 350
HEIGHT = 300

#: To each view that it draws JupyterLab adds a picture of 100 kB, other bytes in every browser, unless there is one.
#: This is a single clear pixel: what shows no view shows the SVG.
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII="


def enable() -> None:
    """Switch theme and renderer on, for charts that a notebook draws by hand; figures bring the theme themselves."""
    alt.theme.enable("silkport")
    alt.renderers.enable("silkport")


def spec_of(chart: Any) -> dict[str, Any]:
    """Return a chart of altair as a Vega-Lite specification in this look, whatever theme is switched on."""
    with alt.theme.enable("silkport"):
        spec: dict[str, Any] = chart.to_dict()
    return spec


def bundle(spec: dict[str, Any]) -> dict[str, Any]:
    """Return what a notebook holds of a chart: the view, the drawing, and the text alternative for plain text."""
    return {
        interactive.MIME_TYPE: interactive.view(spec, language()),
        "image/svg+xml": svg(spec),
        "image/png": _PIXEL,
        "text/plain": str(spec.get("description") or "Chart"),
    }


def svg(spec: dict[str, Any]) -> str:
    """Return a Vega-Lite specification as SVG: bundled font, text alternative, the same bytes in every time zone.

    Vega numbers its clip paths through the life of a process, so the second chart would differ from a first one and
    two charts of one page could share a number: the numbers are replaced by ones made from the chart itself.
    """
    import vl_convert

    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    with _in_utc():
        fonts.register()
        drawing: str = vl_convert.vegalite_to_svg(spec, vl_version=version)
    order = {
        name: str(place) for place, name in enumerate(dict.fromkeys(re.findall(r"\b(?:clip|gradient_)\d+", drawing)))
    }
    plain = re.sub(r"\b(clip|gradient_)\d+", lambda name: f"{name[1]}-{order[name[0]]}", drawing)
    mark = hashlib.sha256(plain.encode()).hexdigest()[:8]
    named = re.sub(r"\b(clip|gradient_)-(\d+)", rf"\1-{mark}-\2", plain)
    # A group of marks without a mark has nothing to say: a role without words is a fault to a screen reader.
    spoken = re.sub(r' role="graphics-symbol" aria-roledescription="[^"]* container"', "", named)
    label = escape(str(spec.get("description") or "Chart"), quote=True)
    return legible(spoken.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))


@contextlib.contextmanager
def _in_utc() -> Iterator[None]:
    """Let the renderer believe that this machine keeps UTC.

    Vega places the days of an axis by local time, so that summer time and the odd offsets of the past would move
    points by a digit from one time zone to the next. The renderer reads the zone with its first drawing and keeps it.
    """
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        if zone is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = zone


def _render(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    """Show a chart that was drawn by hand."""
    return bundle(spec)


@alt.theme.register("silkport", enable=False)
def _theme() -> alt.theme.ThemeConfig:
    """Return the look of every chart."""
    family = fonts.FAMILY
    text: dict[str, Any] = {
        "labelFont": family, "titleFont": family, "labelColor": INK, "titleColor": INK,
        "labelFontSize": 12, "titleFontSize": 12,
    }  # fmt: skip
    axis = {
        "titleFontWeight": "normal", "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED, "labelLineHeight": 14,
    }  # fmt: skip
    title = {
        "font": family, "fontSize": 15, "fontWeight": 700, "anchor": "start", "color": INK, "offset": 12,
        "subtitleFont": family, "subtitleFontSize": 12, "subtitleColor": MUTED, "subtitlePadding": 4,
        "subtitleLineHeight": 16,
    }  # fmt: skip
    config: dict[str, Any] = {
        "background": "white",
        "font": family,
        "view": {"continuousWidth": WIDTH, "continuousHeight": HEIGHT, "stroke": None},
        "title": title,
        "axis": text | axis,
        "legend": text,
        "text": {"font": family, "fontSize": 12, "color": INK},
    }
    return alt.theme.ThemeConfig(config=config)  # type: ignore[typeddict-item]


alt.renderers.register("silkport", _render)
