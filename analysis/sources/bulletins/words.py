"""The words of a language and what they mean: the rows of `words.csv`, compiled."""

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

#: Columns `language` (zh, en), `kind`, `pattern` (a regular expression, `~` in an English one for the start of a word),
#: `meaning`, `flow` (of subjects: the direction that they imply). An earlier row wins over a later one.
TABLE = Path(__file__).with_name("words.csv")

_START_OF_WORD = "(?<![a-z])"

#: What may stand between the members of a list, and before a partner, by language.
_SEPARATORS = {
    "zh": r"\s*(?:[、,和与及]|以及|及其)?\s*(?:两|三|四|五|六|七)?(?:个)?"
    r"(?:市|州|县|地区|口岸|铁路口岸|公路口岸|等国|等)?"
    r"\s*(?:[、和与及]|以及)?\s*",
    "en": r"\s*(?:,|and|, and|&)?\s*(?:the )?",
}
_TO_PARTNER = {
    "zh": r"(?:对|与|同|从|自|向|至|往|来自)(?!中国|我国)",
    "en": r"(?:with|to|from|between)(?: (?:the|its|all))*\s+",
}
_FLAGS = {"zh": 0, "en": re.IGNORECASE}
_SIGNS = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Mention:
    """Words that mean something: their characters, of what kind they are, and what they mean."""

    start: int
    end: int
    kind: str
    value: object


@dataclass(frozen=True)
class Words:
    """The tables of a language.

    Attributes
    ----------
    language
        `zh` or `en`.
    rows
        Kind, pattern, meaning and flow, in the order of the file. Kinds: `subject` (meaning: a word of `concepts`),
        `flow` and `mode`, `partner` (a name) and `short partner` (behind a preposition only), `sign` (up, down),
        `before` and `after` (relations of a figure), `marker`.
    """

    language: str
    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def flags(self) -> re.RegexFlag | int:
        """How patterns are compiled: English words in any case."""
        return _FLAGS[self.language]

    @property
    def separators(self) -> str:
        """Pattern of what may stand between the members of a list."""
        return _SEPARATORS[self.language]

    @property
    def to_partner(self) -> str:
        """Pattern of what stands before a partner."""
        return _TO_PARTNER[self.language]

    @cached_property
    def partners(self) -> dict[str, str]:
        """Name to partner, of countries and groups of countries."""
        return {pattern: meaning for kind, pattern, meaning, _ in self.rows if kind == "partner"}

    @cached_property
    def short_partners(self) -> dict[str, str]:
        """Short name to partner; these stand only behind a preposition."""
        return {pattern: meaning for kind, pattern, meaning, _ in self.rows if kind == "short partner"}

    @cached_property
    def tables(self) -> tuple[tuple[re.Pattern[str], str, object], ...]:
        """Every pattern that stands for itself, with the kind and the meaning of its mention."""
        meanings: dict[str, tuple[str, object]] = {}
        compiled = []
        for kind, pattern, meaning, flow in self.rows:
            meanings = {
                "subject": ("subject", (meaning, flow)),
                "flow": ("subject", ("", meaning)),
                "mode": ("mode", meaning),
                "marker": ("marker", meaning),
            }
            if kind in meanings:
                compiled.append((self._compiled(pattern), *meanings[kind]))
        return tuple(compiled)

    @cached_property
    def sign_patterns(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        """Patterns of growth and their sign."""
        return tuple((self._compiled(row[1]), _SIGNS[row[2]]) for row in self.rows if row[0] == "sign")

    @cached_property
    def before(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Patterns of relations that end where a figure begins."""
        return tuple((self._compiled(rf"(?:{row[1]})\s*$"), row[2]) for row in self.rows if row[0] == "before")

    @cached_property
    def after(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Patterns of relations that begin where a figure ends."""
        return tuple((self._compiled(rf"\s*(?:{row[1]})"), row[2]) for row in self.rows if row[0] == "after")

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("~", _START_OF_WORD), self.flags)


@cache
def words_of(language: str) -> Words:
    """Return the tables of a language, `zh` or `en`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    return Words(language, tuple((row["kind"], row["pattern"], row["meaning"], row["flow"]) for row in rows))
