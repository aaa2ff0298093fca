"""Addresses of tables: what they name, and that no password is ever printed."""

from pathlib import Path

import pytest

from analysis.core.errors import ParameterError
from analysis.runtime.addresses import Address, location


def test_a_path_stays_a_path():
    assert location("data/statements.csv") == Path("data/statements.csv")


@pytest.mark.parametrize(
    "text,target,table",
    [
        ("duckdb:///desk.duckdb#statements", "desk.duckdb", "statements"),
        ("duckdb:////srv/a%20b/desk.duckdb#statements", "/srv/a b/desk.duckdb", "statements"),
    ],
)
def test_duckdb_names_a_file_and_a_table(text, target, table):
    address = location(text)
    assert (address.engine, address.target, address.table, address.schema) == ("duckdb", target, table, "")


def test_postgresql_keeps_its_address_and_may_name_a_schema():
    address = location("postgres://ann@db.example.org:5433/desk?sslmode=require#ports.statements")
    assert address.target == "postgres://ann@db.example.org:5433/desk?sslmode=require"
    assert address.quoted == '"ports"."statements"'


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:geheim@db/desk#t",
        "postgresql://ann:ge:he@im/x@db/desk#t",
        "postgresql://ann:ge#heim@db/desk#t",
        "postgresql://db/desk?user=ann&password=geheim#t",
    ],
)
def test_no_password_is_shown(text):
    address = location(text)
    assert isinstance(address, Address)
    for shown in (str(address), repr(address), f"{address}"):
        assert "heim" not in shown
        assert "***" in shown


@pytest.mark.parametrize(
    "text,said",
    [
        ("mysql://ann:geheim@db/desk#t", "duckdb:/// or postgresql://"),
        ("postgresql://ann:geheim@db/desk", "names no table"),
        ("postgresql://ann:geheim@db/desk#drop table", "names no table"),
        ('postgresql://ann:geheim@db/desk#t";--', "names no table"),
        ("duckdb:///#t", "names no file"),
    ],
)
def test_an_address_without_a_table_is_refused(text, said):
    with pytest.raises(ParameterError, match=said) as caught:
        location(text)
    assert "geheim" not in str(caught.value)


def test_what_a_driver_says_loses_the_password_and_its_parts():
    address = location("postgresql://ann:ge%40heim@db/desk#t")
    assert address.without_secrets("no host 'heim@db' for ge@heim, ge%40heim") == "no host '***@db' for ***, ***"
