"""The header and index line of each page, in the words of its sentences."""

from typing import Any

from analysis.freight import Outlook
from analysis.park import Attainment
from analysis.presentation.charts.spark import spark
from analysis.presentation.dates import year_words
from analysis.presentation.names import short_name
from analysis.presentation.page import PageRecord
from analysis.presentation.reasons import reason_words
from analysis.presentation.sentences.forecast_record import forecast_record
from analysis.presentation.sentences.freight import outlook as outlook_sentences
from analysis.presentation.sentences.park import attainment as park_sentences
from analysis.presentation.sentences.text import Sentences
from analysis.presentation.text import LANGUAGES, Both, text
from analysis.presentation.words import MODES, series
from analysis.record import ForecastRecord


def outlook_record(outlook: Outlook) -> PageRecord:
    """Return the header of a port's page."""
    name, mode = short_name(outlook.place), MODES.get(outlook.mode, Both(outlook.mode, ""))
    missing = [year_words(row["figure_year"]) for row in outlook.chances.to_dicts() if row["probability"] is None]
    years = series(missing) if missing else Both("", "")
    withheld = Both(
        f"Comparison with {years.en}: no full-year figure was published.", f"与{years.zh}的比较：没有公布全年数字。"
    )
    return PageRecord(
        title=f"{name.en}: {mode.en} freight",
        title_zh=f"{name.zh}{mode.zh}过货量",
        place=outlook.place,
        edition=f"{outlook.edition:%Y-%m}",
        as_of=outlook.as_of.isoformat(),
        status=outlook.status,
        coverage=round(outlook.coverage, 6),
        statement_ids=tuple(outlook.statement_ids()),
        spark=spark(outlook),
        **_said(outlook_sentences(outlook), (withheld,) if missing else ()),
    )


def park_record(attainment: Attainment, *, edition: str) -> PageRecord:
    """Return the header of a park's page; nothing illustrative enters it."""
    name, year = short_name(attainment.park), attainment.year
    reason = reason_words(attainment.reason or "")
    withheld = Both(f"Probability of the target of {year}, {reason.en}.", f"{year}年目标的实现概率，{reason.zh}。")
    return PageRecord(
        title=f"{name.en}: output",
        title_zh=f"{name.zh}总产值",
        place=attainment.park,
        edition=edition,
        as_of=attainment.as_of.isoformat(),
        coverage=None if attainment.probability is not None else 0.0,
        statement_ids=tuple(attainment.statement_ids()),
        **_said(park_sentences(attainment), () if attainment.reason is None else (withheld,)),
    )


def forecast_record_page(record: ForecastRecord) -> PageRecord:
    """Return the header of the page on the forecast record, which is about no place."""
    return PageRecord(
        title="Forecast record",
        title_zh="预测记录",
        place="forecast_record",
        edition=f"{record.edition:%Y-%m}",
        as_of=record.as_of.isoformat(),
        statement_ids=tuple(sorted(record.editions["statement_id"])),
        **_said(forecast_record(record), ()),
    )


def _said(sentences: Sentences, withheld: tuple[Both, ...]) -> dict[str, Any]:
    """Return headline, sentences and what is withheld in the fields of a record, by language."""
    found: dict[str, Any] = {}
    for lang, suffix in zip(LANGUAGES, ("", "_zh"), strict=True):
        found[f"headline{suffix}"] = sentences.plain(lang)[0]
        found[f"sentences{suffix}"] = sentences.plain(lang)
        found[f"withheld{suffix}"] = tuple(text(item, lang) for item in withheld)
    return found
