"""From an executed notebook to what its page shows: the record, the sentences, and everything else in order."""

import html
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mistune
import nbformat

from analysis.errors import ReportError
from analysis.presentation.page import MIME
from analysis.publishing.sanitise import Sanitiser

_TITLE = re.compile(r"\A\s*#\s[^\n]*\n?")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Content:
    """What a page shows: its record, the lead at the top and the body below it, both as clean HTML."""

    record: Mapping[str, Any]
    lead: str
    body: str


@dataclass(frozen=True)
class _Block:
    """One piece of a page: where it goes, its HTML, and its heading if it has one."""

    place: str
    html: str
    heading: str = ""


def read(notebook: nbformat.NotebookNode, *, name: str) -> Content:
    """Return what the page of an executed notebook shows, without any code.

    Parameters
    ----------
    notebook
        An executed notebook with one page record among its outputs.
    name
        Name of the report, for the error sentence.

    Raises
    ------
    ReportError
        If the notebook shows no page record, or several.
    """
    records = [data[MIME] for data in _data(notebook) if MIME in data]
    if len(records) != 1:
        raise ReportError(
            f"The notebook of {name!r} shows {len(records)} page records. Show exactly one PageRecord at its end."
        )
    blocks = list(_blocks(notebook, Sanitiser()))
    lead = "\n".join(block.html for block in blocks if block.place == "lead")
    groups = itertools.groupby((block for block in blocks if block.place != "lead"), key=lambda block: block.place)
    body = "\n".join(_folded(list(group)) if place == "detail" else _plain(group) for place, group in groups)
    return Content(records[0], lead or _sentences(records[0]), body)


def _data(notebook: nbformat.NotebookNode) -> Iterator[Mapping[str, Any]]:
    """Yield the data of every rich output."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _blocks(notebook: nbformat.NotebookNode, sanitiser: Sanitiser) -> Iterator[_Block]:
    """Yield the pieces of a page in the order of the notebook."""
    label = "Chart"
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        place = next((tag for tag in ("skip", "lead", "detail") if tag in tags), "body")
        if cell.cell_type == "markdown":
            source = _TITLE.sub("", cell.source)
            heading = _HEADING.search(source)
            label = heading[1] if heading else label
            if place == "detail":
                source = _HEADING.sub("", source, count=1)
            if place != "skip" and (source.strip() or heading):
                yield _Block(place, sanitiser.clean(_markdown(source)), heading[1] if heading else "")
        elif cell.cell_type == "code" and place != "skip":
            for output in cell.outputs:
                shown = _shown(output, sanitiser, label)
                if shown:
                    yield _Block(place, shown)


def _shown(output: Mapping[str, Any], sanitiser: Sanitiser, label: str) -> str:
    """Return the clean HTML of an output in its richest form; nothing for warnings and the page record."""
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(output['text'], quote=False)}</pre>" if output["name"] == "stdout" else ""
    data = output.get("data", {})
    if MIME in data:
        return ""
    if "text/html" in data:
        return sanitiser.clean(data["text/html"], label=label)
    if "image/svg+xml" in data:
        return f"<figure>{sanitiser.clean(data['image/svg+xml'], label=label)}</figure>"
    if "text/markdown" in data:
        return sanitiser.clean(_markdown(data["text/markdown"]))
    return f"<pre>{html.escape(data['text/plain'], quote=False)}</pre>" if "text/plain" in data else ""


def _markdown(source: str) -> str:
    """Return Markdown as HTML, still to be cleaned."""
    return str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(source))


def _plain(blocks: Iterator[_Block]) -> str:
    """Return pieces one after the other."""
    return "\n".join(block.html for block in blocks)


def _folded(blocks: list[_Block]) -> str:
    """Return pieces in a box that a reader opens, named by the first heading among them."""
    name = next((block.heading for block in blocks if block.heading), "Details")
    return f"<details><summary>{html.escape(name)}</summary>\n{_plain(iter(blocks))}\n</details>"


def _sentences(record: Mapping[str, Any]) -> str:
    """Return the sentences of the record, for a notebook that shows no lead."""
    lines = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in record.get("sentences", []))
    return f'<ol class="sentences">{lines}</ol>' if lines else ""
