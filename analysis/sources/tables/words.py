"""What the words of titles, headers and labels say: period, unit, measure, direction, place, partner, subject."""

import csv
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast

from analysis.core.errors import ParameterError
from analysis.core.suggestions import suggestion
from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.words import words_of
from analysis.sources.tables.periods import Period, take_period
from analysis.sources.tables.units import TableUnit, take_units

#: Columns `kind`, `pattern` (a regular expression in any case) and `meaning`; an earlier row wins over a later one.
TABLE = Path(__file__).with_name("words.csv")

#: What a user may say outright, as `place=my_gate`.
SAYABLE = ("place", "partner", "indicator", "flow", "mode", "unit", "measure", "series")

_SEPARATORS = re.compile(r"[\s()（）\[\]【】,，、;；:：/／.。·—–\-_|*“”\"'«»#№<>《》+±=]+")
_NUMBERING = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十]+[)）、.．]|\d{1,2}(?:\.\d{1,2})*[)、.．]\s|[#＃])\s*")


@dataclass(frozen=True)
class Meaning:
    """What words say; an attribute is None (empty) where they say nothing of it.

    Attributes
    ----------
    year, months
        A calendar year; first and last month.
    flag
        `month` for the month alone, `cumulative` for the span since January.
    measure
        level is said by silence; `yoy_growth`, `year before` (the level of the same span a year earlier), ...
    units
        The units that are named; a title may name several.
    place, partner, subject, flow, mode, indicator, series
        Of the ledger; the subject is a word of `bulletins.concepts`.
    total
        Whether the words speak of a total of rows or columns.
    rest
        The words that say nothing known.
    trouble
        Why a period may mean two things, as the end of a sentence.
    """

    year: int | None = None
    months: tuple[int, int] | None = None
    flag: str = ""
    measure: str = ""
    units: tuple[TableUnit, ...] = ()
    place: str = ""
    partner: str = ""
    subject: str = ""
    flow: str = ""
    mode: str = ""
    indicator: str = ""
    series: str = ""
    total: bool = False
    rest: tuple[str, ...] = ()
    trouble: str = ""
    countries: tuple[str, ...] = field(default=(), compare=False)

    def over(self, outer: "Meaning") -> "Meaning":
        """Return what these words and those around them say together; these win."""
        taken = {
            name: getattr(outer, name)
            for name in (
                "year", "months", "flag", "measure", "units", "place", "partner", "subject", "flow", "mode",
                "indicator", "series",
            )
            if getattr(self, name) in (None, "", ()) and getattr(outer, name) not in (None, "", ())
        }  # fmt: skip
        rest = tuple(dict.fromkeys([*outer.rest, *self.rest]))
        return replace(self, **taken, total=self.total or outer.total, rest=rest, trouble=self.trouble or outer.trouble)


@dataclass(frozen=True)
class Reader:
    """A reader of words: the table of words, and the names that the registers of a data folder hold."""

    names: Names

    def read(self, text: str, *, is_title: bool = False) -> Meaning:
        """Return what words say.

        Parameters
        ----------
        text
            A title, a header or a label.
        is_title
            Whether the words stand over the whole table: a country that they name is its place, and words that say
            nothing known are no matter.
        """
        text = _NUMBERING.sub("", _folded(text))
        period, rest = take_period(text)
        found: dict[str, str] = {}
        units, rest = take_units(rest)
        place, rest = self._place(rest)
        if place:
            found["place"] = place
        countries: list[str] = []
        for pattern, kind, meaning in _patterns():
            if kind in found and kind not in ("country", "ignore"):
                continue
            match = pattern.search(rest)
            while match is not None and match[0]:
                rest = f"{rest[: match.start()]} {rest[match.end() :]}"
                if kind == "country":
                    countries.append(meaning)
                elif kind != "ignore":
                    found.setdefault(kind, meaning)
                match = pattern.search(rest)
        return _assembled(period, units, found, countries, rest, is_title=is_title)

    def _place(self, text: str) -> tuple[str, str]:
        """Return the place of a register that a text names, and the text without it."""
        match = self.names.pattern.search(text)
        if match is None or self.names.kinds.get(self.names.places[match[0]]) in ("country", "firm"):
            return "", text
        return self.names.places[match[0]], f"{text[: match.start()]} {text[match.end() :]}"


def _assembled(
    period: Period, units: list[TableUnit], found: dict[str, str], countries: list[str], rest: str, *, is_title: bool
) -> Meaning:
    """Return the meaning of what was found."""
    place, partner = found.get("place", ""), ""
    others = list(dict.fromkeys(countries))
    if is_title and not place and others:
        place = others.pop(0)
    if others and len(others) == 1:
        partner = others[0]
    words = [
        word for word in _SEPARATORS.split(rest) if word and not word.isdecimal() and not re.fullmatch(r"\W+", word)
    ]
    return Meaning(
        year=period.year,
        months=period.months,
        flag="" if is_title and found.get("flag") == "month" else found.get("flag", ""),
        measure=found.get("measure", ""),
        units=tuple(units),
        place=place,
        partner=partner,
        subject=found.get("subject", ""),
        flow=found.get("flow", ""),
        mode=found.get("mode", ""),
        total="total" in found,
        rest=() if is_title else tuple(words),
        trouble=period.trouble,
        countries=tuple(countries),
    )


def spoken_meaning(words: str, reader: Reader) -> Meaning:
    """Return what a user says outright: words as a table has them, and pairs such as `place=my_gate`.

    Raises
    ------
    ParameterError
        If a pair names nothing that can be said.
    """
    pairs: dict[str, str] = {}
    plain = []
    for part in re.split(r"[\s,，;；]+", words.strip()):
        name, equals, value = part.partition("=")
        if not equals:
            plain.append(part)
        elif name not in SAYABLE:
            raise ParameterError(f"--say knows no {name!r}. {suggestion(name, SAYABLE)}")
        else:
            pairs[name] = value
    meaning = reader.read(" ".join(plain)) if plain else Meaning()
    unit = pairs.pop("unit", "")
    if unit:
        units, _ = take_units(unit)
        pairs["units"] = tuple(units) or (TableUnit(unit, 0, ""),)  # type: ignore[assignment]
    return replace(meaning, **pairs) if pairs else meaning  # type: ignore[arg-type]


def _folded(text: str) -> str:
    """Return a text with plain signs in place of full-width ones, and one blank for any number."""
    text = "".join(chr(ord(sign) - 0xFEE0) if 0xFF01 <= ord(sign) <= 0xFF5E else sign for sign in text)
    return re.sub(r"[\s\u00a0\u2009\u202f\u3000]+", " ", text).strip()


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the patterns of tables, and behind them those of bulletins in Chinese and English."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["kind"], row["pattern"], row["meaning"]) for row in csv.DictReader(file)]
    own = [(re.compile(pattern, re.IGNORECASE), kind, meaning) for kind, pattern, meaning in rows if kind != "ignore"]
    for language in ("zh", "en"):
        words = words_of(language)
        for name, partner in sorted(words.partners.items(), key=lambda pair: -len(pair[0])):
            bounded = rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
            own.append((re.compile(bounded), "country", partner))
        for pattern, kind, meaning in words.tables:
            if kind == "subject":
                subject, flow = cast(tuple[str, str], meaning)
                own.append((pattern, "subject", subject) if subject else (pattern, "flow", flow))
            elif kind == "mode":
                own.append((pattern, "mode", str(meaning)))
    ignored = [(re.compile(pattern, re.IGNORECASE), kind, "") for kind, pattern, _ in rows if kind == "ignore"]
    order = {"measure": 0, "flag": 1, "total": 2, "country": 3, "place": 4, "subject": 5, "mode": 6, "flow": 7}
    return (*sorted(own, key=lambda row: order[row[1]]), *ignored)
