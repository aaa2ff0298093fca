"""Values survive the way to bytes and back; bytes of others make nothing."""

import datetime as dt
import io
import pickle
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pytest

from analysis.runtime.cache import Codec, UnknownValueError, fingerprint


@dataclass(frozen=True)
class Gate:
    name: str
    days: np.ndarray
    inner: Any = None


CODEC = Codec.of(Gate)
TABLE = pl.DataFrame(
    {"day": [dt.date(2023, 1, 1), None], "state": ["open", "shut"], "n": [1.5, float("inf")]},
    schema_overrides={"state": pl.Enum(["open", "shut"])},
)
VALUES = [
    None, True, 3, 0.1 + 0.2, "过货量", dt.date(2023, 11, 30), (1, [2.0, "a"]), {"a": (1,), 2: None},
    np.float64(0.3), np.arange(6.0).reshape(2, 3)[:, ::-1], np.array(["irk", "torugart"]), np.zeros((0, 2)),
    np.asfortranarray(np.eye(3)), TABLE, Gate("irkeshtam", np.array([1, 2]), inner={"table": TABLE}),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value):
    again = CODEC.from_bytes(CODEC.to_bytes(value))
    assert type(again) is type(value)
    assert fingerprint(again) == fingerprint(value)
    if isinstance(value, pl.DataFrame):
        assert again.equals(value)
        assert again.schema == value.schema


def test_an_object_held_twice_is_one_object_again():
    days = np.ones(1000)
    first, second = CODEC.from_bytes(CODEC.to_bytes((Gate("a", days), Gate("b", days))))
    assert first.days is second.days


class Trap:
    def __reduce__(self):
        return pytest.fail, ("a pickle was loaded",)


def test_a_pickle_is_never_loaded():
    trapped = io.BytesIO()
    np.save(trapped, np.array([Trap()], dtype=object), allow_pickle=True)
    inside = io.BytesIO()
    np.savez(inside, tree=np.frombuffer(b'{"array": 0}', dtype=np.uint8), **{"0": np.array([Trap()], dtype=object)})
    for content in (pickle.dumps(Trap()), trapped.getvalue(), inside.getvalue(), b"", b"PK\x03\x04"):
        with pytest.raises(UnknownValueError):
            CODEC.from_bytes(content)


def test_only_named_classes_are_written_or_made():
    with pytest.raises(UnknownValueError, match="Trap"):
        CODEC.to_bytes({"a": Trap()})
    with pytest.raises(UnknownValueError):
        Codec.of().from_bytes(CODEC.to_bytes(Gate("a", np.ones(1))))


@pytest.mark.parametrize(
    "one,other",
    [
        (1, 1.0),
        (1, True),
        ("1", 1),
        ((1, 2), (12,)),
        (("a", "bc"), ("ab", "c")),
        (np.ones(4), np.ones((2, 2))),
        (np.ones(2), np.ones(2, dtype=np.float32)),
        (TABLE, TABLE.with_columns(n=pl.lit(1.5))),
        (TABLE, TABLE.with_columns(day=pl.lit(dt.date(1970, 1, 1)).fill_null(pl.col("day")))),
        (pl.DataFrame({"a": [0, None]}), pl.DataFrame({"a": [None, 0]})),
        (pl.DataFrame({"a": [1]}), pl.DataFrame({"b": [1]})),
        (Gate("a", np.ones(1)), Gate("b", np.ones(1))),
        ({"a": 1}, {"a": 2}),
    ],
)
def test_different_content_has_different_fingerprints(one, other):
    assert fingerprint(one) != fingerprint(other)


def test_the_fingerprint_is_that_of_the_content_alone():
    pieces = pl.concat([TABLE[:1], TABLE[1:]], rechunk=False)
    assert fingerprint(pieces) == fingerprint(TABLE)
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint(np.eye(3)[::2]) == fingerprint(np.eye(3)[::2].copy())
    with pytest.raises(TypeError):
        fingerprint(object())
