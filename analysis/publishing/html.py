"""Self-contained pages: one file with its text, charts, styles and the very characters of the font that it needs."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from analysis.periods import parse_date, parse_month
from analysis.presentation import fonts

if TYPE_CHECKING:
    from analysis.publishing.content import Content

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_FONTS_HERE = "/* fonts */"
_BOLD = re.compile(
    r"<(h[1-6]|th|strong|b|dt|summary|caption)\b.*?</\1>|<text[^>]*font-weight[^>]*>.*?</text>", re.DOTALL
)
_CHIPS = "flash revised final failed "


def page(content: "Content", made: Mapping[str, Any]) -> bytes:
    """Return the page of a report.

    Parameters
    ----------
    content
        Record, lead and body, clean already.
    made
        The inputs of the report, as in its manifest.
    """
    record = content.record
    return _render(
        "page.html.j2",
        page=record,
        report=made["report"],
        made=made,
        lead=Markup(content.lead),
        body=Markup(content.body),
        coverage=percent(record.get("coverage")),
        statements=len(record.get("statement_ids", [])),
        **heading(record["edition"], record["as_of"], made),
    )


def index(**shown: Any) -> bytes:
    """Return the index of an edition from what its template names."""
    return _render("index.html.j2", **shown)


def heading(edition: str, as_of: str, made: Mapping[str, Any]) -> dict[str, str]:
    """Return month, cut-off and code version as a reader sees them."""
    month, day = parse_month(edition, what="edition"), parse_date(as_of, what="data cut-off")
    return {
        "month": f"{month:%B} {month.year}",
        "month_zh": f"{month.year}年{month.month}月",
        "as_of": f"{day.day} {day:%B} {day.year}",
        "as_of_iso": day.isoformat(),
        "version": code_version(made),
    }


def code_version(made: Mapping[str, Any]) -> str:
    """Return version and commit of the code, such as `0.1.0 (3f2a1b4c5d6e)`."""
    commit = made["code"]["commit"]
    return f"{made['versions']['silkport']} ({commit})" if commit else str(made["versions"]["silkport"])


def percent(share: float | None) -> str:
    """Return a share as whole percent; the ends are kept for what is exactly none or all."""
    if share is None:
        return ""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def _render(template: str, **shown: Any) -> bytes:
    """Return a rendered template with its script, its style and the fonts for its characters."""
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    rendered = (
        _environment()
        .get_template(template)
        .render(
            fonts_here=Markup(_FONTS_HERE),
            style=Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8")),
            script=Markup(script),
            script_hash=Markup(f"sha256-{digest}"),
            **shown,
        )
    )
    text = rendered.split("</style>", 1)[1]
    bold = "".join(found[0] for found in _BOLD.finditer(text)) + _CHIPS
    return rendered.replace(_FONTS_HERE, fonts.subset_css(text, bold=bold), 1).encode("utf-8")


@cache
def _environment() -> jinja2.Environment:
    """Return the templates, which escape whatever is not marked as clean."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["tojson_plain"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment
