"""The view of a chart that a person can zoom and filter, beside the drawing that pages and paper show.

JupyterLab draws Vega-Lite 5 by itself, without a network and without a widget, so the view is a specification of that
version: the chart's own with a zoom, a legend where colours tell series apart, and no more of the data than it uses.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from analysis.pages.words.cells import Both

#: The newest version that JupyterLab draws.
MIME_TYPE = "application/vnd.vegalite.v5+json"

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

#: How to use it, below the title.
HINT = Both(
    "Drag to move, Ctrl and wheel to zoom, double-click to reset.", "拖动平移，按住Ctrl滚动滚轮缩放，双击复原。"
)
HINT_WITH_LEGEND = Both(
    "Drag to move, Ctrl and wheel to zoom, double-click to reset; click names to show only those (Shift for several).",
    "拖动平移，按住Ctrl滚动滚轮缩放，双击复原；点击图例只看该项（按住Shift可选多项）。",
)

_COMPOSED = ("layer", "vconcat", "hconcat", "concat")
_CONTINUOUS = ("quantitative", "temporal")
_DISCRETE = ("nominal", "ordinal")

#: A wheel alone scrolls the notebook.
_WHEEL = "wheel![event.ctrlKey || event.metaKey || event.altKey]"

#: A name of a column that stands in a specification as it is, whatever surrounds it.
_WORD = re.compile(r"\w+")

#: Significant digits of a number in the data: more than a screen can show, and the same on every machine.
_DIGITS = 6


def view(spec: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return a chart's specification as one that can be zoomed and filtered.

    Parameters
    ----------
    spec
        A Vega-Lite specification with its data inside.
    lang
        Language of the hint: `en` or `zh`.

    Returns
    -------
    dict
        A specification of Vega-Lite 5. Colours that tell at least two series apart have a legend; a click on one of its
        entries leaves only that series.
    """
    shown: dict[str, Any] = deepcopy(dict(spec)) | {"$schema": SCHEMA}
    panels = [shown] if not any(kind in shown for kind in _COMPOSED[1:]) else list(_panels(shown))
    zoomed = [_add_zoom(panel, f"zoom_{place}") for place, panel in enumerate(panels, 1)]
    filtered = [_add_legend(shown, panel, f"shown_{place}") for place, panel in enumerate(panels, 1)]
    if any(zoomed):
        _add_hint(shown, (HINT_WITH_LEGEND if any(filtered) else HINT).of(lang))
    _let_fonts_fall_back(shown)
    _cut_data(shown)
    return shown


def _panels(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the panels that stand beside or above one another."""
    for kind in _COMPOSED[1:]:
        if kind in spec:
            for part in spec[kind]:
                yield from _panels(part)
            return
    yield spec


def _units(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the single layers of a panel."""
    if "layer" in spec:
        for part in spec["layer"]:
            yield from _units(part)
    else:
        yield spec


def _add_zoom(panel: dict[str, Any], name: str) -> bool:
    """Let a panel be moved and zoomed along its continuous axes, and return whether it has any."""
    best: tuple[dict[str, Any], list[str]] | None = None
    for unit in _units(panel):
        encoding = panel.get("encoding", {}) | unit.get("encoding", {})
        axes = [axis for axis in ("x", "y") if encoding.get(axis, {}).get("type") in _CONTINUOUS]
        if axes and (best is None or len(axes) > len(best[1])):
            best = unit, axes
    if best is None:
        return False
    unit, axes = best
    select = {"type": "interval", "encodings": axes, "zoom": _WHEEL}
    unit.setdefault("params", []).append({"name": name, "select": select, "bind": "scales"})
    _keep_words_whole(panel)
    return True


def _keep_words_whole(panel: dict[str, Any]) -> None:
    """Let words reach beyond the plot: a zoom cuts marks at its edge, and names stand there."""
    for unit in _units(panel):
        mark = unit["mark"] if isinstance(unit["mark"], dict) else {"type": unit["mark"]}
        if mark["type"] == "text":
            unit["mark"] = mark | {"clip": False}


def _add_legend(spec: dict[str, Any], panel: dict[str, Any], name: str) -> bool:
    """Give the colours of a panel a legend that filters, and return whether they tell at least two series apart."""
    coloured = [unit for unit in _units(panel) if _is_series(unit)]
    if not coloured:
        return False
    field = coloured[0]["encoding"]["color"]["field"]
    coloured = [unit for unit in coloured if unit["encoding"]["color"]["field"] == field]
    domain = _domain(spec, panel, coloured, field)
    if len(domain) < 2:
        return False
    words = _words(spec, panel, coloured, field)
    legend = {
        "orient": "top", "direction": "horizontal", "title": None, "symbolOpacity": 1,
        "labelExpr": f"({json.dumps(words, ensure_ascii=False, sort_keys=True)})[datum.label] || datum.label",
    }  # fmt: skip
    for unit in coloured:
        colour = unit["encoding"]["color"]
        colour["scale"] = {**colour.get("scale", {}), "domain": domain}
        colour["legend"] = legend
        unit["transform"] = [*unit.get("transform", []), {"filter": {"param": name}}]
    param = {"name": name, "select": {"type": "point", "fields": [field]}, "bind": "legend"}
    coloured[0].setdefault("params", []).append(param)
    return True


def _is_series(unit: Mapping[str, Any]) -> bool:
    """Return whether the colour of a layer stands for a series, rather than being one that the data name."""
    colour = unit.get("encoding", {}).get("color", {})
    return "field" in colour and colour.get("type") in _DISCRETE and colour.get("scale", {}) is not None


def _rows(spec: Mapping[str, Any], panel: Mapping[str, Any], unit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a layer draws."""
    data = unit.get("data") or panel.get("data") or spec.get("data") or {}
    rows: list[dict[str, Any]] = spec.get("datasets", {}).get(data.get("name"), data.get("values", []))
    return rows


def _domain(
    spec: Mapping[str, Any], panel: Mapping[str, Any], units: list[dict[str, Any]], field: str
) -> list[Any]:  # fmt: skip
    """Return the series of some layers in the order of their colours."""
    for unit in units:
        given = unit["encoding"]["color"].get("scale", {}).get("domain")
        if isinstance(given, list):
            return given
    return sorted({row[field] for unit in units for row in _rows(spec, panel, unit) if row.get(field) is not None})


def _words(
    spec: Mapping[str, Any], panel: Mapping[str, Any], units: list[dict[str, Any]], field: str
) -> dict[str, str]:  # fmt: skip
    """Return what the chart itself calls its series, where it writes their names beside them."""
    names: dict[str, str] = {}
    for unit in units:
        mark, text = unit["mark"], unit["encoding"].get("text", {}).get("field")
        if text is not None and (mark if isinstance(mark, str) else mark["type"]) == "text":
            names |= {str(row[field]): str(row[text]) for row in _rows(spec, panel, unit)}
    return names


def _add_hint(spec: dict[str, Any], hint: Any) -> None:
    """Say below the title how the view is used."""
    title = spec.get("title")
    if isinstance(title, dict):
        lines = title.get("subtitle", [])
        title["subtitle"] = [*([lines] if isinstance(lines, str) else lines), hint]


def _let_fonts_fall_back(spec: dict[str, Any]) -> None:
    """Name a font for readers whose machine has not that of the pages."""

    def fall_back(part: Any) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                fall_back(value)
            elif key.lower().endswith("font") and isinstance(value, str):
                part[key] = f"{value}, sans-serif"

    fall_back(spec.get("config", {}))


def _cut_data(spec: dict[str, Any]) -> None:
    """Leave out the columns that nothing in the chart names, and digits that nobody sees."""
    kept = {key: value for key, value in spec.items() if key != "datasets"}
    named = set(re.findall(r"\w+", json.dumps(kept, ensure_ascii=False)))
    for rows in spec.get("datasets", {}).values():
        rows[:] = [{key: _cut(row[key]) for key in row if key in named or not _WORD.fullmatch(key)} for row in rows]


def _cut(value: Any) -> Any:
    """Return a number with as many digits as count."""
    if not isinstance(value, float):
        return value
    short = float(f"{value:.{_DIGITS}g}")
    return int(short) if short.is_integer() else short
