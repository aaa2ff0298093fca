"""The registers: each is declared once, and what is said of them is what the declarations say."""

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.runtime.folders import data_folder
from analysis.sources.registers import REGISTERS, described
from docs import readme
from tests.repository import ROOT

#: Files of the data folder that are no registers: the ledger, and firms' returns.
OTHERS = {
    "statements", "park_returns_template", "park_returns_illustrative", "project_returns_template", "table_example"
}  # fmt: skip


def test_every_table_of_the_data_folder_is_declared_and_every_declared_one_is_there():
    assert {path.stem for path in data_folder().glob("*.csv")} - OTHERS == {register.name for register in REGISTERS}


def test_the_readme_of_the_data_is_what_the_declarations_say():
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert readme.with_table(text, described(REGISTERS, ROOT / "data")) == text


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_a_declaration_names_columns_that_it_has(register):
    assert {*register.key, *register.required, *register.choices} <= set(register.columns)
    assert register.schema.names() == list(register.columns)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_the_template_is_an_empty_register_and_a_row_without_its_key_is_refused(register, tmp_path):
    path = tmp_path / register.file
    path.write_text(register.template, encoding="utf-8")
    assert register.read(tmp_path).equals(pl.DataFrame(schema=register.schema))
    blank = ["x" if column not in register.key else "" for column in register.columns]
    path.write_text(register.template + ",".join(blank) + "\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=f"{register.file}:2: {register.key[0]} is empty"):
        register.read(tmp_path)
