"""Self-contained pages: one file with its text, charts, styles and the very characters of the font that it needs."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from analysis.core.legible import legible
from analysis.core.periods import parse_date, parse_month
from analysis.pages.parts import fonts
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import date_words, month_words
from analysis.pages.words.phrases import SCALE_NOTE
from analysis.pages.words.rounding import coverage_percent

if TYPE_CHECKING:
    from analysis.publishing.output.content import Content

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_FONTS_HERE = "/* fonts */"
BOTH = "both"

_BESIDE = {
    "xlsx": Both("Tables as a workbook", "表格（Excel）"),
    "csv": Both("Tables as CSV", "表格（CSV）"),
    "ipynb": Both("Notebook as executed", "已执行的笔记本"),
    "json": Both("Manifest", "清单文件"),
}


def render_page(content: "Content", inputs: Mapping[str, Any], *, beside: Sequence[str] = ()) -> bytes:
    """Return the page of a report.

    Parameters
    ----------
    content
        Record, lead and body, clean already.
    inputs
        The inputs of the report, as in its manifest; `lang` among them says in which languages the page speaks.
    beside
        Suffixes of the files that stand beside the page.
    """
    record = content.record
    return _render(
        "page.html.j2",
        page=record,
        report=inputs["report"],
        inputs=inputs,
        lang=inputs.get("lang", BOTH),
        scale=SCALE_NOTE,
        lead=Markup(content.lead),
        body=Markup(content.body),
        coverage=coverage_percent(record.get("coverage")),
        statements=len(record.get("statement_ids", [])),
        beside=[
            {"file": f"{inputs['report']}.{suffix}", "en": _BESIDE[suffix].en, "zh": _BESIDE[suffix].zh}
            for suffix in beside
        ],
        **version_words(record["edition"], record["as_of"], inputs),
    )


def render_index(**shown: Any) -> bytes:
    """Return the index of an edition from what its template names."""
    return _render("index.html.j2", **shown)


def render_editions(**shown: Any) -> bytes:
    """Return the index of all editions from what its template names."""
    return _render("editions.html.j2", **shown)


def render_forecast(*, body: str, said: str, said_zh: str) -> bytes:
    """Return the page of a forecast; its body is clean already."""
    return _render("forecast.html.j2", body=Markup(body), said=said, said_zh=said_zh)


def render_review(**shown: Any) -> bytes:
    """Return the page of proposed rows from what its template names."""
    return _render("review.html.j2", **shown)


def version_words(edition: str, as_of: str, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return month, cut-off and code version as a reader sees them."""
    return edition_dates(edition, as_of) | {"version": code_version(inputs)}


def edition_dates(edition: str, as_of: str) -> dict[str, str]:
    """Return month and cut-off as a reader sees them, in both languages."""
    month = month_words(parse_month(edition, what="edition"))
    day = parse_date(as_of, what="data cut-off")
    day_words = date_words(day)
    words = {
        "month": month.en,
        "month_zh": month.zh,
        "as_of": day_words.en,
        "as_of_zh": day_words.zh,
        "as_of_iso": day.isoformat(),
    }
    return {name: str(value) for name, value in words.items()}


def code_version(inputs: Mapping[str, Any]) -> str:
    """Return version and commit of the code, such as `0.1.0 (3f2a1b4c5d6e)`."""
    commit = inputs["code"]["commit"]
    return f"{inputs['versions']['silkport']} ({commit})" if commit else str(inputs["versions"]["silkport"])


def _render(template: str, **shown: Any) -> bytes:
    """Return a rendered template with its script, its style and the fonts for its characters."""
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    rendered = legible(
        _environment()
        .get_template(template)
        .render(
            fonts_here=Markup(_FONTS_HERE),
            style=Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8")),
            script=Markup(script),
            script_hash=Markup(f"sha256-{digest}"),
            **({"lang": BOTH} | shown),
        )
    )
    text = rendered.split("</style>", 1)[1] + script
    return rendered.replace(_FONTS_HERE, fonts.subset_css(text), 1).encode("utf-8")


@cache
def _environment() -> jinja2.Environment:
    """Return the templates, which escape whatever is not marked as clean."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["tojson_plain"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment
