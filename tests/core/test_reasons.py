"""Reasons: a code with just the facts that its words name, the same after a table held it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.core.reasons import REASONS, Reason


@st.composite
def reasons(draw: st.DrawFn) -> Reason:
    """Any reason with any facts."""
    code = draw(st.sampled_from(sorted(REASONS)))
    return Reason(code, **{name: draw(st.text()) for name in REASONS[code].facts})


@pytest.mark.parametrize("code", REASONS)
def test_the_words_of_a_reason_name_its_facts_and_no_others(code: str) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(REASONS[code].english) if field is not None}
    assert named == set(REASONS[code].facts)


@given(reasons())
def test_a_reason_is_the_same_after_a_table_held_it(reason: Reason) -> None:
    again = Reason.read(reason.written)
    assert again == reason
    assert hash(again) == hash(reason)
    assert Reason(reason.code, reason.facts) == reason


def test_a_reason_speaks_english() -> None:
    assert str(Reason("repeats", statement="0a1b2c3d4e")) == "repeats 0a1b2c3d4e"
    assert str(Reason("wide_base", year=2019)).startswith("the total of 2019 is not known well enough")
    assert Reason("wide_base", year=2019) != Reason("wide_base", year=2020)


@pytest.mark.parametrize(
    "code,facts,sentence",
    [
        ("no_such_reason", {}, "'no_such_reason' is unknown"),
        ("repeats", {}, r"was given the facts \[\]. Give \['statement'\]"),
        ("no_figure", {"year": 2019}, r"was given the facts \['year'\]"),
    ],
)
def test_an_unknown_code_and_wrong_facts_are_refused(code: str, facts: dict[str, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Reason(code, **facts)


def test_an_error_tells_its_reason() -> None:
    reason = Reason("no_statement")
    assert EvidenceError(reason).reason == reason
    assert str(EvidenceError(reason)) == str(reason)
    assert EvidenceError("Three months are too few.").reason is None
