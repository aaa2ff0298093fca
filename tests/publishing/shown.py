"""Notebooks as they are after a run, made of real tables, charts and sentences; nothing is executed."""

import json
from typing import Any

import altair as alt
import polars as pl
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.pages.parts.chart import Figure
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.parts.sentences import Sentences
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Link, Number

MADE = {
    "report": "one",
    "pack": "small",
    "edition": "2023-11",
    "lang": "both",
    "notebook": "small.ipynb",
    "notebook_sha256": "0" * 64,
    "parameters": {"place": "irkeshtam", "edition": "2023-11"},
    "versions": {"silkport": "0.1.0"},
    "code": {"commit": None, "sha256": "0" * 64},
    "data": {"statements.csv": "0" * 64},
}

TOTAL = Number("1.25 million tonnes (125万吨)", "125万吨", (1_250_000.0,), 1e4, ("a1", "b2"))
INTERVAL = Number("118 to 136", "118至136", (1_180_000.0, 1_360_000.0), 1e4, ("a1",))
SENTENCES = Sentences((Both(("Freight is put at ", TOTAL, "."), ("过货量为", TOTAL, "。")),))


def years(*, words: str = "published") -> Table:
    """A table of two years."""
    number = Number("125", "125", (1_250_000.0,), 1e4, ("a1", "b2"))
    return Table(
        name=Both("Years", "年度"),
        caption=Both("Freight by year, 10,000 tonnes (万吨)", "各年过货量，万吨"),
        columns=(Both("Year", "年份"), Both("#Median", "#中位数"), Both("#80% interval", "#80%区间"), "How"),
        rows=(("2022", "none", "", words), ("2023", number, INTERVAL, Both("estimated", "估计"))),
        notes=(Both("Medians do not add up.", "中位数不能相加。"),),
    )


def sources(*, publisher: str = "科技日报", address: str = "https://example.org/a") -> Table:
    """The sources of both statements."""
    link: Any = Link("example.org", address)
    rows = [
        (name, Both("Irkeshtam, road freight", "伊尔克什坦公路过货量"), Both("January-October 2023", "2023年1-10月"),
         Both("total", "总量"), Number("over 100万吨", "超过100万吨", (1e6,)), publisher,
         Both("7 November 2023", "2023年11月7日"), link, Both("original", "原始"))
        for name in ("a1", "b2")
    ]  # fmt: skip
    columns = ("Statement", "What", "Period", "Measure", "As published", "Publisher", "Published", "Address", "Kind")
    return Table(name=Both("Sources", "来源"), caption=Both("Sources", "来源"), columns=columns, rows=tuple(rows),
                 anchors=("s-a1", "s-b2"))  # fmt: skip


def figure() -> Figure:
    """A chart of two bars."""
    data = pl.DataFrame({"year": ["2022", "2023"], "value": [1.0, 2.0]})

    def draw(look):
        label = look.say(Both("tonnes", "吨"))
        base = alt.Chart(data.with_columns(label=pl.concat_str("year", pl.lit(f"; {label}"))))
        return base.mark_bar(color="#0072b2").encode(x="year:N", y="value:Q", description="label:N")

    return Figure(
        title=Both("Freight by year, tonnes", "各年过货量，吨"),
        notes=(Both("Bars: published.", "条形：已公布。"),),
        alt=Both("Freight by year: 1 and 2", "各年过货量：1和2"),
        draw=draw,
        foot=Both(("2023: ", TOTAL), ("2023年：", TOTAL)),
    )


def record(**other: Any) -> PageRecord:
    """The record of the page."""
    known = {
        "title": "Irkeshtam: road freight", "title_zh": "伊尔克什坦公路过货量", "place": "irkeshtam",
        "edition": "2023-11", "as_of": "2023-11-30", "status": "flash", "coverage": 0.25,
        "headline": "Freight is put at 1.25 million tonnes.",
        "headline_zh": "过货量为125万吨。", "statement_ids": ("a1", "b2"), "withheld": ("Months: too wide.",),
        "withheld_zh": ("月度：区间过宽。",),
    }  # fmt: skip
    return PageRecord(**(known | other))


def notebook(*items: Any) -> NotebookNode:
    """A notebook after its run, with one cell for each thing shown; sentences lead, the default has everything."""
    items = items or (record(), SENTENCES, figure(), years(), sources())
    with alt.theme.enable("silkport"):
        cells = [_cell(item, place) for place, item in enumerate(items)]
    return new_notebook(cells=cells)


def markdown(text: str, *tags: str) -> NotebookNode:
    """A cell of words."""
    return new_markdown_cell(text, metadata={"tags": list(tags)})


def _cell(item: Any, place: int) -> NotebookNode:
    if isinstance(item, NotebookNode):
        return item
    output = new_output("display_data", data=json.loads(json.dumps(item._repr_mimebundle_())))
    tags = {"tags": ["lead"]} if isinstance(item, Sentences) else {}
    return new_code_cell("", outputs=[output], execution_count=place, metadata=tags, id=f"cell-{place}")
