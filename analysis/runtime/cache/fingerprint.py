"""One checksum for values of many types, which depends on nothing but their content."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import polars as pl


def fingerprint(*values: Any) -> str:
    """Return the SHA-256 of values: texts, numbers, dates, arrays, tables, dataclasses, and containers of these.

    Raises
    ------
    TypeError
        If a value is of another type, whose content cannot be read.
    """
    digest = hashlib.sha256()
    _feed(digest, values)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    """Feed a value to the checksum together with its type and size, so that no two different values look alike."""
    if value is None or isinstance(value, bool | int | float | str | dt.date):
        _text(digest, f"{type(value).__name__} {value!r}")
    elif isinstance(value, bytes):
        digest.update(f"bytes {len(value)}\0".encode() + value)
    elif isinstance(value, np.ndarray) and value.dtype != object:
        _text(digest, f"array {value.dtype.str} {value.shape}")
        digest.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, pl.DataFrame):
        _table(digest, value)
    elif is_dataclass(value) and not isinstance(value, type):
        _text(digest, f"{type(value).__qualname__} {len(fields(value))}")
        for field in fields(value):
            _text(digest, field.name)
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, Mapping):
        _text(digest, f"mapping {len(value)}")
        for key in sorted(value, key=repr):
            _feed(digest, key)
            _feed(digest, value[key])
    elif isinstance(value, tuple | list):
        _text(digest, f"sequence {len(value)}")
        for item in value:
            _feed(digest, item)
    else:
        raise TypeError(f"a {type(value).__name__} has no fingerprint")


def _table(digest: Any, table: pl.DataFrame) -> None:
    """Feed a table to the checksum column by column: which cells are empty, then the values."""
    _text(digest, f"table {table.height} {dict(table.schema)}")
    for column in table:
        digest.update(column.is_null().to_numpy().tobytes() if column.null_count() else b"full")
        kind = column.dtype
        if kind.is_numeric() or kind == pl.Date:
            physical = column.to_physical()
            digest.update((physical.fill_null(0) if column.null_count() else physical).to_numpy().tobytes())
        else:
            _text(digest, repr(column.to_list()))


def _text(digest: Any, text: str) -> None:
    """Feed a text to the checksum together with its length."""
    content = text.encode()
    digest.update(f"{len(content)}\0".encode() + content)
