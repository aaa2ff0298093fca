"""Every fact of the two founding documents stands on a page as a number, traceable to its statement.

The list below is the whole of both: of each statement the report of a pack that shows it, and the number as that page
prints it. What the pages hold is read from the stored outputs of their notebooks.
"""

import ast
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import polars as pl
import pytest

from tests.evidence import bundled
from tests.repository import ROOT

FIRST, SECOND = "Jiangsu Radio and Television", "Xinjiang Daily / Xinjiang Foreign Affairs Office"


class Fact(NamedTuple):
    """A fact: its statement, who published it, the pack and report of its page, and its number there."""

    statement_id: str
    publisher: str
    pack: str
    report: str
    number: str


FACTS = (
    Fact("0bc29755a7", FIRST, "monthly", "irkeshtam", "over 1 million tonnes"),
    Fact("ec6fc945fc", FIRST, "monthly", "irkeshtam_crossing", "About 450 vehicles"),
    Fact("2fa4b5b23c", FIRST, "monthly", "irkeshtam_crossing", "two H986"),
    Fact("fa1a8ab5eb", FIRST, "monthly", "irkeshtam_crossing", "at least three times a month"),
    Fact("2d6d02825d", FIRST, "monthly", "kezhou_jiangsu_park", "725 million yuan (7.25亿元)"),
    Fact("664f29b096", FIRST, "monthly", "kezhou_jiangsu_park", "about 2,000 million yuan (20亿元)"),
    Fact("99ba09d035", FIRST, "monthly", "kezhou_jiangsu_park", "over 3,000"),
    Fact("3eb7133bd7", FIRST, "monthly", "kezhou_jiangsu_park", "10,000"),
    Fact("eb3b2ce2e5", FIRST, "monthly", "wuqia_aid", "59"),
    Fact("b171d71c8d", FIRST, "monthly", "wuqia_aid", "269 million yuan (2.69亿元)"),
    Fact("aec82f0fa6", FIRST, "monthly", "wuqia_aid", "136"),
    Fact("c7c30e7f1a", SECOND, "monthly", "region_overview", "14"),
    Fact("8b207aac41", SECOND, "monthly", "region_overview", "1"),
    Fact("2f34445f0a", SECOND, "monthly", "trade_growth", "37.83 billion yuan (378.3亿元)"),
    Fact("1ecc13ba66", SECOND, "monthly", "trade_growth", "34.9%"),
    Fact("55dd437341", SECOND, "monthly", "trade_growth", "about 50% (近5成)"),
    Fact("28074e9154", SECOND, "monthly", "closure_impact", "under the level compared with (已接近2019年同期水平)"),
)


@cache
def report_of(pack: str, report: str) -> dict[str, Any]:
    listed = tomllib.loads((ROOT / "data" / "packs" / f"{pack}.toml").read_text(encoding="utf-8"))["report"]
    found: dict[str, Any] = next(each for each in listed if each["id"] == report)
    return found


@cache
def parameters_of(notebook: str) -> dict[str, Any]:
    """Return the parameters with which a notebook's outputs were stored."""
    cells = json.loads((ROOT / "notebooks" / notebook).read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    return {
        step.targets[0].id: ast.literal_eval(step.value)
        for step in ast.parse(source).body
        if isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name)
    }


@cache
def numbers_on(notebook: str) -> frozenset[tuple[str, str]]:
    """Return the numbers of a stored page, each with the statements that it leads to: `(number, statement)`."""
    stored = json.loads((ROOT / "notebooks" / notebook).read_text(encoding="utf-8"))
    outputs = [cell.get("outputs", []) for cell in stored["cells"]]
    return frozenset((number["en"], name) for number in _numbers(outputs) for name in number["trace"])


def _numbers(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "trace" in data and "en" in data:
            yield data
        for value in data.values():
            yield from _numbers(value)
    elif isinstance(data, list):
        for value in data:
            yield from _numbers(value)


def rows_of(*publishers: str) -> pl.DataFrame:
    return bundled().statements.filter(pl.col("publisher").is_in(publishers))


def test_the_list_holds_every_fact_of_both_documents_once():
    rows = rows_of(FIRST, SECOND)
    listed = {fact.statement_id: fact.publisher for fact in FACTS}
    assert len(listed) == len(FACTS)
    assert listed == dict(rows.select("statement_id", "publisher").iter_rows())


def test_the_first_document_has_its_eleven_facts():
    """A million tonnes, 450 vehicles, two scanners, three trips; park and firm; 59 projects, 269 million, 136 homes."""
    values = sorted(rows_of(FIRST)["value"])
    assert values == [2, 3, 59, 136, 450, 3_000, 10_000, 1e6, 269e6, 725e6, 2e9]


def test_the_second_document_has_its_six_facts():
    """14 perennial and 1 seasonal port open, 37.83 billion yuan, +34.9%, nearly 50%, road freight close to 2019."""
    assert sorted(rows_of(SECOND)["value"]) == [0.0, 0.349, 0.5, 1.0, 14.0, 37.83e9]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.report}-{fact.statement_id}")
def test_a_fact_stands_on_its_page_as_a_number_that_leads_to_its_statement(fact):
    report = report_of(fact.pack, fact.report)
    # The stored page is that of the report: the same place or park.
    stored = parameters_of(report["notebook"])
    assert {name: stored[name] for name in report["parameters"] if name in stored} == report["parameters"]
    assert (fact.number, fact.statement_id) in numbers_on(report["notebook"])
