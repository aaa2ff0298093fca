"""What a page says, from the numbers alone; every number leads to the statements behind it."""

from analysis.presentation.sentences.freight import outlook
from analysis.presentation.sentences.park import attainment, returns_heading
from analysis.presentation.sentences.record import outlook_record, park_record
from analysis.presentation.sentences.text import Sentences

__all__ = ["Sentences", "attainment", "outlook", "outlook_record", "park_record", "returns_heading"]
