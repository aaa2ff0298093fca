"""A small ledger of one port, and a way to run a command and see what a user sees."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.cli import main

HEADER = (
    "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,"
    "publisher,published_on"
)
ROWS = (
    "a1,gate.tonnes,2020-01-01,2020-12-31,level,eq,500000,tonnes,50.0万吨,Gate Daily,2021-01-20",
    "a2,gate.tonnes,2021-01-01,2021-12-31,level,eq,560000,tonnes,56.0万吨,Gate Daily,2022-01-20",
    "a3,gate.tonnes,2022-01-01,2022-06-30,level,eq,290000,tonnes,29.0万吨,Gate Daily,2022-07-18",
    "b1,park.output,2022-01-01,2022-12-31,target,eq,725000000,CNY,7.25亿元,Park Office,2022-03-01",
)


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: exit code and both streams."""

    code: int
    out: str
    err: str


@pytest.fixture
def silkport(capsys):
    """Run a command in this process."""

    def run(*words: object) -> Outcome:
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = end.code
        streams = capsys.readouterr()
        return Outcome(code, streams.out, streams.err)

    return run


@pytest.fixture
def write(tmp_path):
    """Write a ledger of given rows and return its path."""

    def ledger(rows=ROWS, header=HEADER, *, name: str = "ledger.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join([*([header] if header else []), *rows, ""]).encode(encoding))
        return path

    return ledger
