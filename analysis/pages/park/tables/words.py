"""Words and cells that the tables of the park desk share."""

from analysis.pages.words.cells import Both, Cell, Link, join_cells
from analysis.pages.words.phrases import likelihood
from analysis.pages.words.rounding import (
    percent,
    yuan,
)

NONE, NOT_MEASURED = Both("none", "无"), Both("not measured", "无实测")
#: The chance of this park itself, apart from that of a park drawn from the class.
OWN_CHANCE = Both("This park's own chance of reaching the target", "本园区自身实现目标的概率")
WHAT, FIGURE, WHERE = Both("What", "项目"), Both("#Figure", "#数字"), Both("Where from", "出处")


def source_of(statement_id: str | None, words: Both, otherwise: Cell) -> Cell:
    """Return the link to a statement, or other words where there is none."""
    return Link.to(statement_id, words) if statement_id else otherwise


def ids_of(*ids: str | None) -> list[str]:
    """Return the ids that there are."""
    return [one for one in ids if one is not None]


def rate_words(rate: float | None, ids: list[str] | None = None) -> Cell:
    """Return a monthly rate, or that it was not measured."""
    if rate is None:
        return NOT_MEASURED
    number = yuan(rate).cite(ids or ())
    return Both((number, " a month"), ("月均", number))


def chance_words(probability: float | None) -> Cell:
    """Return a probability as a percentage and its word, or that it was not measured."""
    if probability is None:
        return NOT_MEASURED
    word = likelihood(probability)
    return join_cells(percent(probability), Both(f", {word.en}", f"，{word.zh}"))
