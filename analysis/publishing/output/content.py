"""From an executed notebook to what its page shows: the record, the sentences, and everything else in order."""

import html
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mistune
import nbformat

from analysis.core.errors import ReportError
from analysis.pages.parts.page_record import FIGURE_MIME, MIME, TABLE_MIME
from analysis.publishing.output.sanitise import Sanitiser

_TITLE = re.compile(r"\A\s*#\s[^\n]*\n?")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)

_LANGUAGE = {"en": ("en", "en"), "zh": ("zh", "zh-Hans")}


@dataclass(frozen=True)
class Content:
    """What a page shows.

    Attributes
    ----------
    record
        The page record.
    lead, body
        The top and the rest, both as clean HTML.
    tables
        The tables in order, as `presentation.tables.Table.as_json`.
    numbers
        The numbers that lead to statements, in order: `number` (n1, n2, ...), `en`, `zh` (its words), `statements`.
    """

    record: Mapping[str, Any]
    lead: str
    body: str
    tables: tuple[Mapping[str, Any], ...] = ()
    numbers: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class _Block:
    """One piece of a page: where it goes, its HTML, its heading if it has one, and its language if it has only one."""

    place: str
    html: str
    heading: str = ""
    lang: str = ""


def read(notebook: nbformat.NotebookNode, *, name: str, lang: str = "both") -> Content:
    """Return what the page of an executed notebook shows, without any code.

    Parameters
    ----------
    notebook
        An executed notebook with one page record among its outputs.
    name
        Name of the report, for the error sentence.
    lang
        `en`, `zh` or `both`.

    Raises
    ------
    ReportError
        If the notebook shows no page record, or several.
    """
    data = list(_data(notebook))
    records = [each[MIME] for each in data if MIME in each]
    if len(records) != 1:
        raise ReportError(
            f"The notebook of {name!r} shows {len(records)} page records. Show exactly one PageRecord at its end."
        )
    sanitiser = Sanitiser(lang)
    blocks = sorted(_blocks(notebook, sanitiser), key=lambda block: block.place != "lead")
    lead = "\n".join(block.html for block in blocks if block.place == "lead")
    groups = itertools.groupby((block for block in blocks if block.place != "lead"), key=lambda block: block.place)
    body = "\n".join(_folded(list(group), sanitiser) if place == "detail" else _plain(group) for place, group in groups)
    tables = tuple(each[TABLE_MIME] for each in data if TABLE_MIME in each)
    return Content(records[0], lead or _sentences(records[0], sanitiser), body, tables, tuple(_numbers(sanitiser)))


def _numbers(sanitiser: Sanitiser) -> Iterator[dict[str, Any]]:
    """Yield the numbers of a page for its manifest."""
    for (english, chinese, trace), key in sanitiser.numbers.items():
        yield {"number": key, "en": english, "zh": chinese, "statements": trace.split()}


def _data(notebook: nbformat.NotebookNode) -> Iterator[Mapping[str, Any]]:
    """Yield the data of every rich output."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _blocks(notebook: nbformat.NotebookNode, sanitiser: Sanitiser) -> Iterator[_Block]:
    """Yield the pieces of a page, the lead ones first, each in the order of the notebook."""
    label = "Chart"
    cells = [(cell, cell.metadata.get("tags", [])) for cell in notebook.cells]
    for cell, tags in sorted(cells, key=lambda each: "lead" not in each[1]):
        place = next((tag for tag in ("skip", "lead", "detail") if tag in tags), "body")
        if cell.cell_type == "markdown":
            source = _TITLE.sub("", cell.source)
            heading = _HEADING.search(source)
            label = heading[1] if heading else label
            if place == "detail":
                source = _HEADING.sub("", source, count=1)
            if place != "skip" and (source.strip() or heading):
                lang = next((tag for tag in tags if tag in _LANGUAGE), "")
                shown = sanitiser.clean(_in_language(_markdown(source), lang))
                yield _Block(place, shown, heading[1] if heading else "", lang)
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
    if FIGURE_MIME in data:
        return sanitiser.clean(_figure(data[FIGURE_MIME]), label=label)
    if "text/html" in data:
        return sanitiser.clean(data["text/html"], label=label)
    if "image/svg+xml" in data:
        return f"<figure>{sanitiser.clean(data['image/svg+xml'], label=label)}</figure>"
    if "text/markdown" in data:
        return sanitiser.clean(_markdown(data["text/markdown"]))
    return f"<pre>{html.escape(data['text/plain'], quote=False)}</pre>" if "text/plain" in data else ""


def _figure(figure: Mapping[str, Any]) -> str:
    """Return a chart with its words: title, notes, the drawing of each language and width, the numbers at its foot."""
    drawings = "".join(
        f'<div class="{lang} at-{width}">{svg}</div>'
        for lang, widths in figure["drawings"].items()
        for width, svg in widths.items()
    )
    kind = ' class="illustrative"' if figure.get("illustrative") else ""
    notes = "".join(f'<p class="note">{note}</p>' for note in figure["notes"])
    foot = f'<p class="note foot">{figure["foot"]}</p>' if figure["foot"] else ""
    return (
        f'<figure{kind}><figcaption><p class="title">{figure["title"]}</p>{notes}</figcaption>{drawings}{foot}</figure>'
    )


def _in_language(shown: str, lang: str) -> str:
    """Return HTML marked as being in one language, if it is."""
    if not lang:
        return shown
    kind, tag = _LANGUAGE[lang]
    return f'<div class="{kind}" lang="{tag}">{shown}</div>'


def _markdown(source: str) -> str:
    """Return Markdown as HTML, still to be cleaned."""
    return str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(source))


def _plain(blocks: Iterator[_Block]) -> str:
    """Return pieces one after the other."""
    return "\n".join(block.html for block in blocks)


def _folded(blocks: list[_Block], sanitiser: Sanitiser) -> str:
    """Return pieces in a box that a reader opens, named by the first heading among them in each language."""
    named = {block.lang: block.heading for block in reversed(blocks) if block.heading}
    name = "".join(_spoken(heading, lang) for lang, heading in sorted(named.items())) or "Details"
    return f"<details><summary>{sanitiser.clean(name)}</summary>\n{_plain(iter(blocks))}\n</details>"


def _spoken(words: str, lang: str) -> str:
    """Return words as HTML, marked with their language if they have one."""
    kind, tag = _LANGUAGE.get(lang, ("", ""))
    escaped = html.escape(words)
    return f'<span class="{kind}" lang="{tag}">{escaped}</span>' if kind else escaped


def _sentences(record: Mapping[str, Any], sanitiser: Sanitiser) -> str:
    """Return the sentences of the record, for a notebook that shows no lead."""
    english = [html.escape(words) for words in record.get("sentences", [])]
    chinese = [html.escape(words) for words in record.get("sentences_zh", [])]
    lines = "".join(
        f"<li>{_pair(*pair)}</li>" for pair in itertools.zip_longest(english, chinese, fillvalue="")
    )  # fmt: skip
    return sanitiser.clean(f'<ol class="sentences">{lines}</ol>') if lines else ""


def _pair(english: str, chinese: str) -> str:
    """Return the same said twice, or in English alone."""
    if not chinese:
        return english
    return f'<span class="en" lang="en">{english}</span><span class="zh" lang="zh-Hans">{chinese}</span>'
