"""Frozen results as bytes and back, without pickle: reading a file creates no object of a class that was not listed."""

import datetime as dt
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl

_TREE = "tree"
_PLAIN = (bool, int, float, str, type(None))


class UnknownValueError(Exception):
    """A value of a type that the codec does not know, or bytes that it did not write."""


@dataclass(frozen=True)
class Codec:
    """Writes and reads values made of numbers, texts, dates, arrays, polars tables, containers and listed classes.

    Attributes
    ----------
    classes
        Each listed class to the attributes that its constructor takes by keyword.
    """

    classes: Mapping[type, tuple[str, ...]]

    @classmethod
    def of(cls, *dataclasses: type) -> "Codec":
        """Return a codec for dataclasses."""
        return cls({each: tuple(field.name for field in fields(each)) for each in dataclasses})

    def to_bytes(self, value: Any) -> bytes:
        """Return a value as bytes; objects that it holds twice are written once.

        Raises
        ------
        UnknownValueError
            If part of it is of another type.
        """
        writer = _Writer(self.classes)
        tree = json.dumps(writer.tree(value))
        target = io.BytesIO()
        arrays = {str(number): array for number, array in enumerate(writer.arrays)}
        np.savez(target, allow_pickle=False, **{_TREE: np.frombuffer(tree.encode(), dtype=np.uint8)}, **arrays)
        return target.getvalue()

    def from_bytes(self, content: bytes) -> Any:
        """Return the value that `to_bytes` wrote.

        Raises
        ------
        UnknownValueError
            If the bytes are not from `to_bytes`, or hold a class that is not listed.
        """
        named = {each.__qualname__: each for each in self.classes}
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                return _Reader(named, dict(arrays)).value(json.loads(arrays[_TREE].tobytes()))
        except Exception as problem:  # a damaged or foreign file may fail anywhere, and is then not used
            raise UnknownValueError(f"These bytes hold no value ({problem!r}). Compute it again.") from problem


class _Writer:
    """Turns a value into a tree of plain JSON beside a list of arrays."""

    def __init__(self, classes: Mapping[type, tuple[str, ...]]) -> None:
        self.classes, self.arrays = classes, list[np.ndarray]()
        self._places: dict[int, int] = {}
        self._kept: list[Any] = []

    def tree(self, value: Any) -> Any:
        """Return the tree of a value."""
        if type(value) in _PLAIN:
            return value
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return {"day": value.isoformat()}
        if type(value) in (tuple, list):
            return {type(value).__name__: [self.tree(item) for item in value]}
        if type(value) is dict:
            return {"dict": [[self.tree(key), self.tree(item)] for key, item in value.items()]}
        if isinstance(value, np.generic):
            return {"scalar": self._array(np.asarray(value))}
        return self._tree_written_once(value)

    def _tree_written_once(self, value: Any) -> Any:
        """Return the tree of an array, a table or an object; a reference if it was written before."""
        if id(value) in self._places:
            return {"again": self._places[id(value)]}
        tree = self._object(value)
        self._places[id(value)] = len(self._kept)
        self._kept.append(value)
        return tree

    def _object(self, value: Any) -> Any:
        """Return the tree of an array, a table or an object."""
        if isinstance(value, np.ndarray) and value.dtype != object:
            return {"array": self._array(value)}
        if isinstance(value, pl.DataFrame):
            target = io.BytesIO()
            value.rechunk().write_ipc(target)
            return {"table": self._array(np.frombuffer(target.getvalue(), dtype=np.uint8))}
        if type(value) not in self.classes:
            raise UnknownValueError(f"A {type(value).__name__} cannot be kept. List its class in the codec.")
        names = self.classes[type(value)]
        return {"class": type(value).__qualname__, "with": {name: self.tree(getattr(value, name)) for name in names}}

    def _array(self, array: np.ndarray) -> int:
        """Return the number under which an array is written."""
        self.arrays.append(array)
        return len(self.arrays) - 1


class _Reader:
    """Turns a tree and its arrays into the value."""

    def __init__(self, classes: Mapping[str, type], arrays: Mapping[str, np.ndarray]) -> None:
        self.classes, self.arrays, self._kept = classes, arrays, list[Any]()

    def value(self, tree: Any) -> Any:
        """Return the value of a tree."""
        if not isinstance(tree, dict):
            return tree
        kind, content = next(iter(tree.items()))
        if kind == "day":
            return dt.date.fromisoformat(content)
        if kind in ("tuple", "list"):
            return (tuple if kind == "tuple" else list)(self.value(item) for item in content)
        if kind == "dict":
            return {self.value(key): self.value(item) for key, item in content}
        if kind == "scalar":
            return self.arrays[str(content)][()]
        if kind == "again":
            return self._kept[content]
        self._kept.append(self._object(kind, content, tree))
        return self._kept[-1]

    def _object(self, kind: str, content: Any, tree: Mapping[str, Any]) -> Any:
        """Return an array, a table or an object."""
        if kind == "array":
            return self.arrays[str(content)]
        if kind == "table":
            return pl.read_ipc(io.BytesIO(self.arrays[str(content)].tobytes()))
        attributes = {name: self.value(item) for name, item in tree["with"].items()}
        return self.classes[content](**attributes)
