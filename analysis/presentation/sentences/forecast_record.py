"""The three sentences of the forecast record: accuracy, calibration, and what earlier editions were worth."""

from analysis.presentation.sentences.text import Sentences
from analysis.presentation.tables.figures import fraction_percent, score
from analysis.presentation.tables.table import Cell, Link
from analysis.presentation.words import series
from analysis.record import ForecastRecord
from analysis.record.result import EDITIONS, ENGINE, NAIVE, PACE


def forecast_record(record: ForecastRecord) -> Sentences:
    """Return how accurate forecasts were, how often intervals held, and how earlier editions fared."""
    return Sentences((_accuracy(record), _calibration(record), _editions(record)))


def _accuracy(record: ForecastRecord) -> Cell:
    own, naive = record.score(ENGINE, "mase"), record.score(NAIVE, "mase")
    better = f"{fraction_percent(abs(1 - own / naive))} {'smaller' if own < naive else 'larger'}"
    return (
        f"Over {len(record.origins)} origins from {record.origins[0]:%B %Y} to {record.origins[-1]:%B %Y} the mean "
        f"absolute scaled error of forecasts a year ahead was {score(own)}, {better} than that of repeating the year "
        f"before ({score(naive)})."
    )


def _calibration(record: ForecastRecord) -> Cell:
    names = ("coverage_80", "coverage_95")
    held = [fraction_percent(record.score(ENGINE, name)) for name in names]
    shock = record.regimes.filter(model=ENGINE, regime="after a shock")
    after = [fraction_percent(shock[name][0]) for name in names if len(shock)]
    words = f"; right after a shock {after[0]} and {after[1]}" if after else ""
    return f"The 80% intervals held {held[0]} of the months, the 95% intervals {held[1]}{words}."


def _editions(record: ForecastRecord) -> Cell:
    count = len(record.editions)
    if count == 0:
        return "No figure was published after an earlier edition that could be held against it."
    months = series([f"{month:%B %Y}" for month in record.editions["edition"].unique().sort()])
    newest = Link.to(record.editions["statement_id"][-1], f"{count} figures" if count > 1 else "one figure")
    return (
        f"Of the freight at ports that the editions of {months} looked ahead to, ", newest,
        f" came out later; {record.inside(80)} lay within the 80% interval and {record.inside(95)} within the 95% "
        f"interval, too few to judge calibration by{_beside_pace(record)}.",
    )  # fmt: skip


def _beside_pace(record: ForecastRecord) -> str:
    """Return how editions that knew a figure of their year fared beside carrying its pace on."""
    errors = {row["model"]: row for row in record.relative_errors().iter_rows(named=True)}
    edition, pace = errors[EDITIONS], errors[PACE]
    if not edition["n"]:
        return ""
    return (
        f"; for the {edition['n']} about which the edition knew an earlier figure of the year its mean error was "
        f"{fraction_percent(edition['error'])}, and {fraction_percent(pace['error'])} if the pace of that figure had "
        "been carried on"
    )
