"""Rules that no page breaks: what it tells in one place never contradicts what it tells in another, or what is known.

Each rule takes a page and returns one sentence for each contradiction.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
import polars as pl

from analysis.core.periods import month_end, parse_date, parse_month
from analysis.desks.port import Outlook
from analysis.pages.parts import media_types
from analysis.pages.parts.sentences import Sentences, read_passage
from analysis.pages.parts.table import Table
from analysis.pages.port import header, sentences, tables
from analysis.pages.words.cells import Cell, numbers, text
from analysis.pages.words.phrases import LIKELIHOODS, count_words
from analysis.pages.words.rounding import as_stated, coverage_percent
from tests.pages import numerals

#: A sum may lie so far below the printed figure: by the rounding of six digits.
_ROUNDING = 1e-4

_PERCENT = r"(less than 1|more than 99|不到1|超过99|\d+)%"


@dataclass(frozen=True)
class Page:
    """What a page tells: its header, its sentences, its tables, and the result behind a port's page."""

    name: str
    record: dict[str, Any]
    sentences: tuple[Cell, ...]
    tables: tuple[Table, ...]
    outlook: Outlook | None = None

    def said(self, lang: str) -> str:
        """Return the sentences and what is withheld, in one language."""
        suffix = "_zh" if lang == "zh" else ""
        return " ".join([*(text(item, lang) for item in self.sentences), *self.record.get(f"withheld{suffix}", ())])

    def table(self, name: str) -> Table:
        """Return the table of a name."""
        return next(each for each in self.tables if text(each.name) == name)


def port_page(outlook: Outlook) -> Page:
    """Return the page of a port."""
    shown = (tables.chances(outlook), tables.growth(outlook), tables.years(outlook), tables.evidence(outlook))
    record = header.page_header(outlook)._repr_mimebundle_()[media_types.RECORD]
    return Page(f"{outlook.place} {outlook.edition}", record, sentences.summary(outlook).items, shown, outlook)


def notebook_page(notebook: nbformat.NotebookNode, name: str) -> Page:
    """Return the page of an executed notebook."""
    data = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    passages = [read_passage(each[media_types.SENTENCES]) for each in data if media_types.SENTENCES in each]
    said = next(each for each in passages if isinstance(each, Sentences))
    shown = tuple(Table.from_json(each[media_types.TABLE]) for each in data if media_types.TABLE in each)
    return Page(name, next(each[media_types.RECORD] for each in data if media_types.RECORD in each), said.items, shown)


def contradictions(page: Page) -> list[str]:
    """Return what a page contradicts itself in, one sentence each."""
    return [f"{page.name}: {found}" for rule in RULES for found in rule(page)]


def counted_against_intervals(page: Page) -> Iterator[str]:
    """An interval starts below what has been counted only where the page names another office's count."""
    if page.outlook is None:
        return
    outlook = page.outlook
    widths = outlook.statements.select("statement_id", "half_width")
    counted = outlook.published.filter(pl.col("used") & (pl.col("kind") != "other") & (pl.col("relation") != "lt"))
    for row in counted.join(widths, on="statement_id", how="left").to_dicts():
        year = outlook.years.filter(pl.col("year") == row["year"])
        least = row["value"] - (row["half_width"] or 0.0)
        if year.is_empty() or year["lower80"][0] >= least * (1 - _ROUNDING):
            continue
        if row["year"] != outlook.edition.year and row["count"] is None:
            yield f"the interval of {row['year']} starts below {row['statement_id']}"
        elif row["count"] is None or not _names_count(page, row["count"]):
            yield f"the interval of {row['year']} starts below {row['statement_id']}, which is named as no other count"


def _names_count(page: Page, count: str) -> bool:
    """Return whether sentences and the table of evidence name a count, in both languages, and what it changes."""
    words = count_words(count)
    cells = {lang: [text(cell, lang) for row in page.table("Evidence").rows for cell in row] for lang in ("en", "zh")}
    named = all(
        str(words.of(lang)) in page.said(lang) and any(str(words.of(lang)) in cell for cell in cells[lang])
        for lang in ("en", "zh")
    )
    return named and "may start below it" in page.said("en")


def nothing_against_sources(page: Page) -> Iterator[str]:
    """Nothing was published only where no source of the page, of that place and activity, is about the year."""
    if page.outlook is None:
        return
    year = page.outlook.edition.year
    evidence = " ".join(text(cell) for row in page.table("Evidence").rows for cell in row)
    if f"Nothing about {year}" not in page.said("en") and f"nothing about {year}" not in evidence:
        return
    about = (pl.col("period_start").dt.year() <= year) & (pl.col("period_end").dt.year() >= year)
    listed = pl.col("statement_id").is_in(page.record["statement_ids"]) & (pl.col("place") == page.outlook.place)
    count = page.outlook.known.statements.filter(about & listed & (pl.col("mode") == page.outlook.mode)).height
    if count:
        yield f"it says that nothing about {year} was published and lists {count} sources about it"


def newest_against_evidence(page: Page) -> Iterator[str]:
    """A number of the sentences is the figure of the statement whose period ends last, and leads to it."""
    if page.outlook is None or (used := page.outlook.evidence.filter("used")).is_empty():
        return
    if page.outlook.status == "final":
        return
    newest = used.filter(pl.col("period_end") == used["period_end"].max())
    printed = [number for item in page.sentences for number in numbers(item)]
    named = {(identity, value) for number in printed for identity in number.trace for value in number.values}
    if named.isdisjoint(newest.select("statement_id", "value").rows()):
        yield f"none of the newest statements is named: {', '.join(newest['statement_id'])}"
    newer = page.outlook.related.filter(pl.col("period_end") > used["period_end"].max())
    if len(newer) and newer.select("statement_id", "value").rows()[-1] not in named:
        yield f"the newer statement {newer['statement_id'][-1]} of a related series is not named"


def comparisons_made_against_refused(page: Page) -> Iterator[str]:
    """A year is compared with everywhere or nowhere: sentences, header and tables."""
    refused = _years(r"not compared with ([\d, and]+)", page.said("en"))
    refused |= _years(r"Comparison with ([\d, and]+):", page.said("en"))
    refused_zh = _years(r"((?:\d{4}年[、和]?)+)所知不足，", page.said("zh"))
    if refused != refused_zh | _years(r"与((?:\d{4}年[、和]?)+)的比较", page.said("zh")):
        yield f"the languages refuse comparisons with other years: {sorted(refused)} and {sorted(refused_zh)}"
    for name, column in (("Growth", 0), ("Comparisons", 0)):
        for table in (each for each in page.tables if text(each.name) == name):
            made = [text(row[column]) for row in table.rows if len(row) > 2 and text(row[2]) != "not computed"]
            years = {int(words.split(",")[0][-4:]) for words in made if re.search(r"\d{4}$", words.split(",")[0])}
            if both := years & refused:
                yield f"{name} compares with {sorted(both)}, which a sentence refuses"


def _years(pattern: str, said: str) -> set[int]:
    return {int(year) for found in re.findall(pattern, said) for year in re.findall(r"\d{4}", found)}


def words_against_numbers(page: Page) -> Iterator[str]:
    """The words of a probability are those of the percentage beside them, and none is 0 or 100%."""
    chinese = rf"的({'|'.join(str(each.words.zh) for each in LIKELIHOODS)})（概率{_PERCENT}）"
    english = rf"(?:it is|the chance is) ([a-z ]+) \({_PERCENT}\) that"
    pairs = [*re.findall(english, page.said("en"), re.IGNORECASE), *re.findall(chinese, page.said("zh"))]
    for table in (each for each in page.tables if text(each.name) == "Comparisons"):
        for lang in ("en", "zh"):
            cells = [(text(row[3], lang), text(row[2], lang)) for row in table.rows]
            pairs += [(words, found[1]) for words, shown in cells if (found := re.fullmatch(_PERCENT, shown))]
    for words, shown in pairs:
        printed = {"less than 1": 0, "不到1": 0, "more than 99": 100, "超过99": 100}.get(shown) or int(
            re.sub(r"\D", "", shown)
        )
        scale = next(each.words for each in LIKELIHOODS if printed >= each.floor)
        if words not in (scale.en, scale.zh):
            yield f"{words!r} stands beside {shown}%"
        if shown in ("0", "100"):
            yield f"a probability is printed as {shown}%"


def one_language_against_the_other(page: Page) -> Iterator[str]:
    """Both languages print the same numbers, in sentences and in every cell."""
    cells = [*page.sentences, *(cell for table in page.tables for row in table.rows for cell in row)]
    for cell in cells:
        if Counter(_bare(cell, "en")) != Counter(_bare(cell, "zh")):
            yield f"the languages differ: {text(cell)!r} and {text(cell, 'zh')!r}"
    for item in page.sentences:
        if numerals.numbers(text(item)) != numerals.numbers(text(item, "zh")):
            yield f"the languages print other digits: {text(item)!r} and {text(item, 'zh')!r}"


def _bare(cell: Cell, lang: str) -> list[tuple[tuple[float, ...], tuple[str, ...]]]:
    return [(number.values, number.trace) for number in numbers(cell, lang)]


def status_against_first_look(page: Page) -> Iterator[str]:
    """Only a later look at a month revises; a first look is flash, mostly published or final."""
    first = parse_date(page.record["as_of"]) <= month_end(parse_month(page.record["edition"]))
    if page.record["status"] == "revised" and first:
        yield "a first look is called revised"
    published = "was published as" in page.said("en")
    if page.outlook is not None and published != (page.record["status"] == "final"):
        yield f"the status is {page.record['status']} beside {'a published' if published else 'an estimated'} total"


def coverage_against_sentence(page: Page) -> Iterator[str]:
    """The share in the sentence is that of the header."""
    found = re.search(r"fixes ([\w ]+%) of", page.said("en"))
    if found and found[1] != coverage_percent(page.record["coverage"]):
        yield f"the sentence says {found[1]}, the header {coverage_percent(page.record['coverage'])}"


def bases_against_figures(page: Page) -> Iterator[str]:
    """A published total keeps its digits; an estimated one is called so."""
    if page.outlook is None:
        return
    for row in page.outlook.chances.drop_nulls("probability").to_dicts():
        if row["base"] == "published" and f"{as_stated(row['value'], scale=1e4).replace(',', '')}万吨" not in page.said(
            "zh"
        ):
            yield f"the published total {row['value']} is printed with other digits"
        if row["base"] == "estimated" and f"total of {row['figure_year']}, estimated at" not in page.said("en"):
            yield f"the estimated total of {row['figure_year']} is not called so"


def hindsight_against_needs(page: Page) -> Iterator[str]:
    """Once its year is over a target needs nothing any more: it would have needed it."""
    found = re.search(r"was expected to produce .* in (\d{4});", page.said("en"))
    if not found:
        return
    over = parse_date(page.record["as_of"]) > dt.date(int(found[1]), 12, 31)
    if over != ("would have needed" in page.said("en")) or over != ("当年需" in page.said("zh")):
        yield f"the target of {found[1]} is told in the wrong tense"


def intervals_against_record(page: Page) -> Iterator[str]:
    """No page promises what intervals hold without what they held."""
    for words in (page.record.get("intervals", ""), page.record.get("intervals_zh", "")):
        measured = "%" in words.split("nineteen")[-1].split("二十次")[-1]
        if not measured and "No published figure" not in words and "尚无公布数" not in words:
            yield f"intervals are promised without their record: {words!r}"


RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    counted_against_intervals,
    nothing_against_sources,
    newest_against_evidence,
    comparisons_made_against_refused,
    words_against_numbers,
    one_language_against_the_other,
    status_against_first_look,
    coverage_against_sentence,
    bases_against_figures,
    hindsight_against_needs,
    intervals_against_record,
)
