"""What a page says, from the numbers alone; every number leads to the statements behind it."""

from analysis.presentation.sentences.forecast_record import forecast_record
from analysis.presentation.sentences.freight import outlook
from analysis.presentation.sentences.park import attainment, returns_heading
from analysis.presentation.sentences.record import forecast_record_page, outlook_record, park_record
from analysis.presentation.sentences.text import Sentences

__all__ = [
    "Sentences",
    "attainment",
    "forecast_record",
    "forecast_record_page",
    "outlook",
    "outlook_record",
    "park_record",
    "returns_heading",
]
