"""From an executed notebook to what its page shows: the record, the sentences, and everything else in order."""

import html
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mistune

from analysis.core.errors import ReportError
from analysis.pages.parts import media_types
from analysis.pages.parts.sentences import Sentences, read_passage
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import LANGUAGES, TAGS, Both, cell_from_json
from analysis.publishing.output.page_writer import PageWriter
from analysis.publishing.output.sanitise import Sanitiser

if TYPE_CHECKING:
    import nbformat

_TITLE = re.compile(r"\A\s*#\s[^\n]*\n?")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


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
        The tables in order.
    numbers
        The numbers that lead to statements, in order: `number` (n1, n2, ...), `en`, `zh` (its words), `statements`.
    """

    record: Mapping[str, Any]
    lead: str
    body: str
    tables: tuple[Table, ...] = ()
    numbers: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class _Block:
    """One piece of a page: where it goes, its HTML, its heading if it has one, and its language if it has only one."""

    place: str
    html: str
    heading: str = ""
    lang: str = ""


def read(notebook: "nbformat.NotebookNode", *, name: str, lang: str = "both") -> Content:
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
    outputs = list(_data(notebook))
    records = [data[media_types.RECORD] for data in outputs if media_types.RECORD in data]
    if len(records) != 1:
        raise ReportError(
            f"The notebook of {name!r} shows {len(records)} page records. Show exactly one PageRecord at its end."
        )
    page = _Page(lang)
    blocks = sorted(page.blocks(notebook), key=lambda block: block.place != "lead")
    lead = "\n".join(block.html for block in blocks if block.place == "lead") or page.sentences_of(records[0])
    groups = itertools.groupby((block for block in blocks if block.place != "lead"), key=lambda block: block.place)
    body = "\n".join(page.fold(list(group)) if place == "detail" else _join_blocks(group) for place, group in groups)
    tables = tuple(Table.from_json(data[media_types.TABLE]) for data in outputs if media_types.TABLE in data)
    return Content(records[0], lead, body, tables, tuple(page.writer.numbers()))


def read_opening(opening: Mapping[str, Any], *, lang: str = "both") -> str:
    """Return the chart and the table that an index opens with as clean HTML.

    Parameters
    ----------
    opening
        The opening of a page record.
    lang
        `en`, `zh` or `both`.

    Raises
    ------
    ReportError
        If the data are of another form.
    """
    page = _Page(lang)
    try:
        figure, table = opening["figure"], opening["table"]
        return f"{figure_html(figure, page.writer)}\n{Table.from_json(table).html(page.writer)}"
    except (KeyError, TypeError) as problem:
        raise ReportError("A page opens the index in a form that it cannot show. Build the page again.") from problem


def _data(notebook: "nbformat.NotebookNode") -> Iterator[Mapping[str, Any]]:
    """Yield the data of every rich output."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("data", {})


def _join_blocks(blocks: Iterable[_Block]) -> str:
    """Return pieces one after the other."""
    return "\n".join(block.html for block in blocks)


#: What a box is called that no heading names.
_DETAILS = {"en": "Details", "zh": "详情"}


class _Page:
    """Writes the pieces of one page: what carries data from its data, everything else cut to harmless HTML."""

    def __init__(self, lang: str) -> None:
        self.writer = PageWriter(lang)
        self._sanitiser = Sanitiser(self.writer)

    def blocks(self, notebook: "nbformat.NotebookNode") -> Iterator[_Block]:
        """Yield the pieces of a page, the lead ones first, each in the order of the notebook."""
        label = "Chart"
        cells = [(cell, cell.metadata.get("tags", [])) for cell in notebook.cells]
        for cell, tags in sorted(cells, key=lambda each: "lead" not in each[1]):
            place = next((tag for tag in ("skip", "lead", "detail") if tag in tags), "body")
            if cell.cell_type == "markdown":
                heading = _HEADING.search(_TITLE.sub("", cell.source))
                label = heading[1] if heading else label
            if place == "skip":
                continue
            pieces = self._words(cell, place, tags) if cell.cell_type == "markdown" else self._outputs(cell, label)
            yield from (_Block(place, *piece) for piece in pieces)

    def fold(self, blocks: Sequence[_Block]) -> str:
        """Return pieces in a box that a reader opens, named by the first heading among them in each language."""
        named = {block.lang: block.heading for block in reversed(blocks) if block.heading}
        named = named or {lang: words for lang, words in _DETAILS.items() if lang in self.writer.languages}
        name = "".join(_in_language(html.escape(words), lang, "span") for lang, words in sorted(named.items()))
        summary = self._sanitiser.clean(name)
        return f"<details><summary>{summary}</summary>\n{_join_blocks(blocks)}\n</details>"

    def sentences_of(self, record: Mapping[str, Any]) -> str:
        """Return the sentences of the record, for a notebook that shows no lead."""
        english, chinese = record.get("sentences", ()), record.get("sentences_zh", ())
        pairs = itertools.zip_longest(english, chinese)
        items = tuple(Both(one or other, other or one) for one, other in pairs)
        return Sentences(items).html(self.writer) if items else ""

    def _words(self, cell: "nbformat.NotebookNode", place: str, tags: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the HTML of a cell of words, its heading and its language, unless the page lacks that language."""
        lang = next((tag for tag in tags if tag in LANGUAGES), "")
        source = _TITLE.sub("", cell.source)
        heading = _HEADING.search(source)
        if place == "detail":
            source = _HEADING.sub("", source, count=1)
        if (source.strip() or heading) and lang in ("", *self.writer.languages):
            clean = self._sanitiser.clean(_in_language(_markdown(source), lang, "div"))
            yield clean, heading[1] if heading else "", lang

    def _outputs(self, cell: "nbformat.NotebookNode", label: str) -> Iterator[tuple[str]]:
        """Yield the HTML of each output of a code cell that the page shows."""
        for output in cell.get("outputs", []):
            if output["output_type"] == "stream":
                shown = _preformatted(output["text"]) if output["name"] == "stdout" else ""
            else:
                shown = self._output(output.get("data", {}), label)
            if shown:
                yield (shown,)

    def _output(self, data: Mapping[str, Any], label: str) -> str:
        """Return an output in its richest form: written from its data, or cut to harmless HTML."""
        if media_types.RECORD in data:
            return ""
        if media_types.FIGURE in data:
            return figure_html(data[media_types.FIGURE], self.writer, self._sanitiser)
        if media_types.SENTENCES in data:
            return read_passage(data[media_types.SENTENCES]).html(self.writer)
        if media_types.TABLE in data:
            return Table.from_json(data[media_types.TABLE]).html(self.writer)
        if "text/html" in data:
            return self._sanitiser.clean(data["text/html"], label=label)
        if "image/svg+xml" in data:
            return f"<figure>{self._sanitiser.clean(data['image/svg+xml'], label=label)}</figure>"
        if "text/markdown" in data:
            return self._sanitiser.clean(_markdown(data["text/markdown"]))
        return _preformatted(data["text/plain"]) if "text/plain" in data else ""


def figure_html(figure: Mapping[str, Any], writer: PageWriter, sanitiser: Sanitiser | None = None) -> str:
    """Return a chart with its words: title, notes, the drawing of each language and width, the numbers below it.

    Parameters
    ----------
    figure
        As `Figure.as_json` gives it.
    writer, sanitiser
        Those of the page.
    """
    words, clean = writer.cell, (sanitiser or Sanitiser(writer)).clean
    title = f'<p class="title">{words(cell_from_json(figure["title"]))}</p>'
    notes = "".join(f'<p class="note">{words(cell_from_json(note))}</p>' for note in figure["notes"])
    drawings = "".join(
        f'<div class="{lang} at-{width}">{clean(svg)}</div>'
        for lang in writer.languages
        for width, svg in figure["drawings"][lang].items()
    )
    kind = ' class="illustrative"' if figure["illustrative"] else ""
    foot = f'<p class="note foot">{words(cell_from_json(figure["foot"]))}</p>' if figure["foot"] else ""
    return f"<figure{kind}><figcaption>{title}{notes}</figcaption>{drawings}{foot}</figure>"


def _preformatted(text: str) -> str:
    """Return printed text as HTML."""
    return f"<pre>{html.escape(text, quote=False)}</pre>"


def _in_language(words: str, lang: str, element: str) -> str:
    """Return HTML in an element marked as being in one language, or as it is where it has none."""
    return f'<{element} class="{lang}" lang="{TAGS[lang]}">{words}</{element}>' if lang else words


def _markdown(source: str) -> str:
    """Return Markdown as HTML, still to be cleaned."""
    return str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(source))
