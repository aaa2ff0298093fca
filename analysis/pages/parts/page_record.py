"""What a notebook tells the page that is made from it.

A notebook shows one `PageRecord`; it travels in the notebook's outputs as JSON and the publishing layer takes
the header, the line in the edition's index and the manifest's statement ids from it. Everything else on the page
is what the notebook shows, in its order. Tags of a cell say where its markdown or outputs go:

`lead`
    To the top of the page, above everything else: the sentences.
`en`, `zh`
    Markdown of one language: shown where that language is.
`detail`
    Into a folded box, for diagnostics that few readers want.
`skip`
    Not on the page at all: the preview of a table, the question a desk already knows.

What `analysis.pages` shows (sentences, tables, figures) also travels as data of its own (`media_types`): the page is
written from that, and its numbers are numbered, listed in the manifest and shown with their statements. Of any other
output the page takes HTML first, then SVG, Markdown and plain text, cut to harmless tags and attributes. What such an
output may rely on:

- `<figure>` with an `<svg>` and a `<figcaption>`; a bare SVG output becomes a figure. The `aria-label` of the root
  `<svg>` is its text alternative; those of its marks become tooltips. A wide chart scrolls inside its figure.
- `<table>` with `<caption>`; `class="num"` on cells of numbers; a wide table scrolls inside its own box.
- `<p class="note">` below a figure or table, `<aside class="withheld">` in place of a figure, `class="illustrative"` on
  what is not real, `<ol class="sentences">` for the sentences, `lang="zh-Hans"` on Chinese text.
- `<a href="#s-ID">` leads to the row `<tr id="s-ID">` of the sources table; other links are http or https.
- `<span class="en">` and `<span class="zh">` (or `div`): the same in each language; a reader sees one of them.

Text of a `PageRecord` is plain text, never HTML; only `spark` is an SVG.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.pages.parts import media_types


@dataclass(frozen=True, kw_only=True)
class PageRecord:
    """The header and the index line of one page.

    Parameters
    ----------
    title, title_zh
        Name of the place in English and in Chinese.
    place
        Identifier of the place as in the registers.
    edition
        Month of the edition, `YYYY-MM`.
    as_of
        Data cut-off, `YYYY-MM-DD`: nothing published later is used.
    status
        `flash`, `revised` or `final`; empty where no period is under way.
    coverage
        Share of the period's total that published figures fix, 0 to 1; None where that has no meaning.
    headline, headline_zh
        One sentence for the index.
    sentences, sentences_zh
        The page's sentences as plain text, shown when no cell is tagged `lead`.
    statement_ids
        Ids of all statements behind the page.
    withheld, withheld_zh
        What the page does not show and why, one sentence each.
    intervals, intervals_zh
        What intervals are made for, and how often those of the page's kind held; empty where the page has none.
    spark
        A small SVG for the index, or None.
    opening
        What the index opens with, as data: `figure` (`chart.Figure.as_json`) and `table` (`table.Table.as_json`),
        neither with a number that leads to statements; None for most pages.
    """

    title: str
    title_zh: str
    place: str
    edition: str
    as_of: str
    status: str = ""
    coverage: float | None = None
    headline: str = ""
    headline_zh: str = ""
    sentences: tuple[str, ...] = ()
    sentences_zh: tuple[str, ...] = ()
    statement_ids: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    withheld_zh: tuple[str, ...] = ()
    intervals: str = ""
    intervals_zh: str = ""
    spark: str | None = None
    opening: Mapping[str, Any] | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the record to a notebook: JSON for the page, one line of text for the reader of the notebook."""
        return {
            media_types.RECORD: json.loads(json.dumps(asdict(self), allow_nan=False)),
            "text/plain": f"Page record: {self.title} {self.title_zh}, edition {self.edition}, as of {self.as_of}",
        }
