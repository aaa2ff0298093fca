"""Numbers in words, with no more digits than their intervals bear."""

import calendar
import datetime as dt
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MILLION = 1e6

#: 1 万吨 is 10,000 tonnes; a million tonnes are 100 of them.
WAN = 1e4

#: A half-width with leading digits below this is known to two digits, above it to one.
_TWO_DIGITS_UP_TO = 3.55

#: An exact figure is printed with so many significant digits.
_EXACT_DIGITS = 4


@dataclass(frozen=True)
class Amount:
    """A value with its interval in words: `value`, `lower`, `upper` and `interval` ("1.05 to 1.62")."""

    value: str
    lower: str
    upper: str

    @property
    def interval(self) -> str:
        """The interval in words."""
        return f"{self.lower} to {self.upper}"


def amount(value: float, lower: float, upper: float, *, scale: float = 1.0) -> Amount:
    """Return a value and its interval in words, in units of `scale`.

    Digits follow the half-width of the interval by the rule of the Particle Data Group (Review of Particle Physics,
    introduction, 5.3): two of its significant digits where they are 10 to 35, one where they are 36 to 99. Of the
    number itself at least two and at most four digits are printed.
    """
    half = (upper - lower) / 2 / scale
    return Amount(*(_written(number / scale, _place(number / scale, half)) for number in (value, lower, upper)))


def plain(value: float, *, scale: float = 1.0, half_width: float = 0.0) -> str:
    """Return one number in units of `scale`, with thousands commas and without digits that it does not have."""
    words = _written(value / scale, _place(value / scale, half_width / scale)) if value else "0"
    return words.rstrip("0").rstrip(".") if "." in words and half_width == 0 else words


def column(values: list[float], half_widths: list[float], *, scale: float) -> list[str]:
    """Return numbers that add up in one column, all to the same place: that of the narrowest interval."""
    widths = [half / scale for half in half_widths if half > 0]
    largest = max((abs(value) / scale for value in values), default=0.0)
    place = _place(largest, min(widths)) if widths else _place(largest, 0.0)
    return [_written(value / scale, place) for value in values]


def tonnes(value: float, lower: float | None = None, upper: float | None = None) -> str:
    """Return a freight total in both units: `1.32 million tonnes (132万吨)`, or `381,000 tonnes (38.1万吨)`."""
    if lower is None or upper is None:
        english = f"{plain(value, scale=MILLION)} million" if value >= MILLION else plain(value)
        return f"{english} tonnes ({plain(value, scale=WAN)}万吨)"
    zh = amount(value, lower, upper, scale=WAN).value
    return f"{_english(value, lower, upper)[0]} ({zh}万吨)"


def mt(value: float, lower: float, upper: float) -> str:
    """Return a freight total for a label inside a chart: `1.24 Mt`."""
    words = amount(value, lower, upper, scale=MILLION).value
    return f"{words.rstrip('0').rstrip('.') if '.' in words else words} Mt"


def million_tonnes(value: float, lower: float, upper: float) -> str:
    """Return an interval of freight in both units: `1.05 to 1.62 million tonnes (105 to 162万吨)`."""
    zh = amount(value, lower, upper, scale=WAN)
    return f"{_english(value, lower, upper)[1]} ({zh.interval}万吨)"


def yuan(value: float) -> str:
    """Return an amount of money in both units: `725 million yuan (7.25亿元)`."""
    return f"{plain(value, scale=MILLION)} million yuan ({plain(value, scale=1e8)}亿元)"


def yuan_predicted(value: float, lower: float, upper: float) -> str:
    """Return money and its 80% interval in both units: `730 million yuan (7.3亿元), 80%: 670 to 790 million yuan`."""
    en, zh = amount(value, lower, upper, scale=MILLION), amount(value, lower, upper, scale=1e8)
    return f"{en.value} million yuan ({zh.value}亿元), 80%: {en.interval} million yuan ({zh.interval}亿元)"


def percent(probability: float) -> str:
    """Return a probability in percent; never 0% or 100%, which a share of draws cannot prove."""
    if probability < 0.01:
        return "less than 1%"
    if probability > 0.99:
        return "more than 99%"
    return f"{round(100 * probability)}%"


def fraction_percent(share: float) -> str:
    """Return a share in percent, 0% and 100% only where they are exact."""
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{round(100 * share)}%"


def as_published(value_as_published: str, relation: str) -> str:
    """Return a figure in the publication's own words, with the relation where the words do not carry it."""
    words = {"gt": "over ", "lt": "under ", "approx": "about "}.get(relation, "")
    said = any(sign in value_as_published.lower() for sign in ("超", "over", "突破", "about", "roughly", "近", "约"))
    return value_as_published if said else f"{words}{value_as_published}"


def date_words(day: dt.date) -> str:
    """Return a day as `30 November 2023`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def span_words(start: dt.date, end: dt.date) -> str:
    """Return a period in words: `2014`, `January to October 2023`, `October 2023`, `1 January to 28 July 2025`."""
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole and start.year == end.year:
        if (start.month, end.month) == (1, 12):
            return str(end.year)
        if start.month == end.month:
            return f"{calendar.month_name[end.month]} {end.year}"
        return f"{calendar.month_name[start.month]} to {calendar.month_name[end.month]} {end.year}"
    if start == end:
        return date_words(end)
    if start.year == end.year:
        return f"{start.day} {calendar.month_name[start.month]} to {date_words(end)}"
    return f"{date_words(start)} to {date_words(end)}"


def _english(value: float, lower: float, upper: float) -> tuple[str, str]:
    """Return a total and its interval in tonnes, in millions from a million on."""
    if max(value, upper) >= MILLION:
        words = amount(value, lower, upper, scale=MILLION)
        return f"{words.value} million tonnes", f"{words.interval} million tonnes"
    words = amount(value, lower, upper)
    return f"{words.value} tonnes", f"{words.interval} tonnes"


def _place(value: float, half_width: float) -> int:
    """Return the power of ten of the last digit to print."""
    if value == 0:
        return 0 if half_width <= 0 else math.floor(math.log10(half_width)) - 1
    first = math.floor(math.log10(abs(value)) + 1e-12)
    if half_width <= abs(value) * 1e-9:
        return first - _EXACT_DIGITS + 1
    wanted = math.floor(math.log10(half_width))
    wanted -= half_width / 10.0**wanted < _TWO_DIGITS_UP_TO
    return max(min(wanted, first - 1), first - _EXACT_DIGITS + 1)


def _written(value: float, place: int) -> str:
    """Return a number rounded at a power of ten; decimally, so that one number in two units rounds the same way."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(place), ROUND_HALF_UP)
    return f"{rounded:,.{max(0, -place)}f}"
