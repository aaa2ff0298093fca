"""Addresses of tables in databases: `duckdb:///folder/file.duckdb#table`, `postgresql://user@host/base#table`."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from analysis.core.errors import ParameterError

#: The beginnings of addresses, and the engine that each names.
ENGINES = {"duckdb": "duckdb", "postgresql": "postgresql", "postgres": "postgresql"}

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


@dataclass(frozen=True)
class Address:
    """A table in a database.

    Attributes
    ----------
    engine
        `duckdb` or `postgresql`.
    target
        The file of DuckDB, or the address of a PostgreSQL database with all that logging in needs; never printed.
    schema, table
        Names of letters, digits and underscores; the schema may be empty.
    shown
        The address as sentences name it: without a password.
    """

    engine: str
    target: str = field(repr=False)
    schema: str
    table: str
    shown: str

    def __str__(self) -> str:
        """Return the address without a password."""
        return self.shown

    @property
    def quoted(self) -> str:
        """The name of the table as SQL writes it."""
        return ".".join(f'"{name}"' for name in (self.schema, self.table) if name)

    def without_secrets(self, text: str) -> str:
        """Return a text of a driver without the passwords of the address."""
        for secret in _secrets(self.target):
            text = text.replace(secret, "***")
        return text


def location(text: str) -> Path | Address:
    """Return the path or the address that a text names.

    Raises
    ------
    ParameterError
        If the text begins like an address and names no table of a database that Silkport reads.
    """
    match = _ADDRESS.match(text)
    if match is None:
        return Path(text)
    shown = _masked(text)
    engine = ENGINES.get(match[1].lower())
    if engine is None:
        raise ParameterError(
            f"The address {shown} names no database that Silkport reads. Begin it with {_beginnings()}."
        )
    target, mark, name = text.rpartition("#") if "#" in text else (text, "", "")
    schema, _, table = name.rpartition(".")
    if not mark or not _NAME.fullmatch(table) or (schema and not _NAME.fullmatch(schema)):
        raise ParameterError(
            f"The address {shown} names no table. End it in # and a name of letters, digits and underscores, such as "
            "#statements."
        )
    if engine == "duckdb":
        target = unquote(target[match.end() :].removeprefix("/"))
        if not target:
            raise ParameterError(
                f"The address {shown} names no file. Write duckdb:///folder/file.duckdb#{table}, or four strokes "
                "before a path from the root."
            )
    return Address(engine, target, schema, table, shown)


def _beginnings() -> str:
    return "duckdb:/// or postgresql://"


def _masked(text: str) -> str:
    """Return an address without its passwords."""
    text = re.sub(r"(?<=://)([^:@/?#]*):[^/?#]*@", r"\1:***@", text)
    text = re.sub(r"(?<=://)([^:@]*):.*@", r"\1:***@", text)
    return re.sub(r"((?:ssl)?password=)[^&#]*", r"\1***", text, flags=re.IGNORECASE)


def _secrets(target: str) -> list[str]:
    """Return the passwords of an address, as written and as the server knows them, and their parts; the longest first.

    A password whose signs are not percent-encoded is cut in pieces before a driver speaks of it.
    """
    found: list[str] = re.findall(r"(?<=://)[^:@]*:(.*)@", target)
    found += re.findall(r"(?:ssl)?password=([^&#]*)", target, flags=re.IGNORECASE)
    whole = {word for secret in found for word in (secret, unquote(secret)) if word}
    parts = {part for word in whole for part in re.split(r"[@/:?#& ]", word) if len(part) > 2}
    return sorted(whole | parts, key=len, reverse=True)
