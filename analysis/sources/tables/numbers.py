"""Printed numbers of tables: which sign is the decimal one, and what a cell comes to."""

import re
import unicodedata
from typing import NamedTuple

from analysis.core.errors import InputError
from analysis.sources.tables.cells import Cell, Grid

#: Signs that stand for no figure.
MISSING = frozenset({
    "-", "--", "---", "–", "—", "――", "——", "…", "...", "……", "..", "x", "X", "х", "Х", "×", "*", "/", "n/a", "N/A",
    "n.a.", "na", "NA", ":", "н/д", "н.д.", "нет данных", "无", "无数据", "缺", "空", "not available",
})  # fmt: skip

#: Marks of footnotes behind a figure: raised or circled digits, stars, daggers.
_FOOTNOTES = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u2473*\u2020\u2021]+[)\u207e]?$")

_BLANKS = r"[ \u00a0\u2009\u202f\u2007]"
_NUMBER = re.compile(
    rf"[-−–]?(?:\d{{1,3}}(?:{_BLANKS}\d{{3}})+|\d{{1,3}}(?:[’']\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+(?!,?\d)|"
    rf"\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d{{1,3}}(?:\.\d{{3}})+(?=,)|\d+)(?:[.,]\d+)?"
)
_LETTERS_OF_NEIGHBOURS = re.compile("[\u0400-\u04ff]|[oO][\u02bb\u2018']|yil", re.IGNORECASE)


class Printed(NamedTuple):
    """A figure as printed: its number, its text without marks of footnotes, whether it is a percentage."""

    number: float
    text: str
    percent: bool


def is_missing(cell: Cell) -> bool:
    """Return whether a cell says that there is no figure."""
    return cell.text.strip() in MISSING


def looks_like_number(cell: Cell) -> bool:
    """Return whether a cell holds a figure, whatever its decimal sign."""
    return cell.number is not None or (cell.day is None and _NUMBER.fullmatch(_plain(cell.text)[0]) is not None)


def printed(cell: Cell, decimal: str) -> Printed | None:
    """Return the figure of a cell, None where it holds none.

    Parameters
    ----------
    cell
        The cell.
    decimal
        The decimal sign of the table's text, a comma or a point.
    """
    if cell.trouble:
        return None
    text, percent = _plain(cell.text)
    if cell.number is not None:
        return Printed(float(text), text, percent)
    if not _NUMBER.fullmatch(text):
        return None
    digits = re.sub(rf"{_BLANKS}|[’']", "", text).replace("−", "-").replace("–", "-")
    other = "," if decimal == "." else "."
    head, _, tail = digits.rpartition(decimal)
    whole, rest = (head, tail) if head else (digits, "")
    if decimal in whole and not re.fullmatch(rf"-?\d{{1,3}}(?:\{decimal}\d{{3}})+", whole):
        return None
    if other in rest or (other in whole and not re.fullmatch(rf"-?\d{{1,3}}(?:\{other}\d{{3}})+", whole)):
        return None
    number = float(f"{whole.replace(other, '').replace(decimal, '')}.{rest or '0'}")
    return Printed(number, text, percent)


def decimal_sign(grid: Grid, given: str = "") -> str:
    """Return the decimal sign of a table's text.

    A comma before exactly three digits may part thousands or decimals. Other cells of the table decide; where none
    does, Chinese and English tables part thousands, and those of the neighbours have to be asked.

    Parameters
    ----------
    grid
        The table.
    given
        The sign that the user named; empty for none.

    Raises
    ------
    InputError
        If two cells contradict each other, or nothing decides.
    """
    if given:
        return given
    votes: dict[str, Cell] = {}
    unsure: Cell | None = None
    for cell in grid:
        text = _plain(cell.text)[0]
        if cell.number is not None or not _NUMBER.fullmatch(text):
            continue
        sign = _vote(text)
        if sign == "?":
            unsure = unsure or cell
        elif sign:
            votes.setdefault(sign, cell)
    if len(votes) > 1:
        comma, point = votes[","], votes["."]
        raise InputError(
            f"{grid.name}: {comma.address} ({comma.text!r}) has a decimal comma and {point.address} ({point.text!r}) a "
            "decimal point. Say which with --decimal comma or --decimal point."
        )
    if votes:
        return next(iter(votes))
    if unsure is not None and any(_LETTERS_OF_NEIGHBOURS.search(cell.text) for cell in grid):
        raise InputError(
            f"{grid.name}: {unsure.address} ({unsure.text!r}) may be a number with decimals or in thousands, and no "
            "other cell decides. Say which with --decimal comma or --decimal point."
        )
    return "."


def _vote(text: str) -> str:
    """Return the decimal sign that a printed number shows, `?` where it may be either, empty where it has none."""
    bare = re.sub(_BLANKS, "", text)
    signs: list[str] = re.findall(r"[.,]", bare)
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return "." if signs[0] == "," else ","
    whole, _, rest = re.sub(r"^[-−–]", "", bare).partition(signs[0])
    grouped = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if signs[0] == ".":
        return "" if grouped else "."
    return "?" if grouped and bare == text else ","


def _plain(text: str) -> tuple[str, bool]:
    """Return a text without marks of footnotes and percent sign, and whether it had that sign."""
    text = _FOOTNOTES.sub("", text.strip()).strip()
    text = "".join(unicodedata.normalize("NFKC", sign) if ord(sign) >= 0xFF00 else sign for sign in text)
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    return text.removeprefix("+"), percent
