"""One language a session: chosen once, English where nobody chose."""

import pytest

from analysis.core.errors import ParameterError
from analysis.pages.parts import interactive
from analysis.pages.parts.sentences import Note
from analysis.pages.words import session
from analysis.pages.words.cells import Both
from tests.pages.test_interactive import HORIZONS, error_by_horizon

NOTE = Note(Both("freight", "货运"))


@pytest.fixture(autouse=True)
def _nobody_chose(monkeypatch):
    monkeypatch.delenv(session.VARIABLE, raising=False)
    monkeypatch.setenv(session.VARIABLE, "")


def test_english_is_read_where_nobody_chose():
    html = NOTE._repr_mimebundle_()["text/html"]
    assert '<span class="zh" lang="zh-Hans" hidden>货运</span>' in html
    assert '<span class="en" lang="en">freight</span>' in html


def test_everything_after_the_choice_is_in_that_language():
    session.choose("zh")
    html = NOTE._repr_mimebundle_()["text/html"]
    assert '<span class="zh" lang="zh-Hans">货运</span>' in html
    assert '<span class="en" lang="en" hidden>freight</span>' in html
    shown = error_by_horizon(HORIZONS)._repr_mimebundle_()
    assert "提前月数" in shown["image/svg+xml"]
    assert "提前月数" in str(shown[interactive.MIME_TYPE])


@pytest.mark.parametrize("before", ["", "zh"])
def test_another_language_is_refused_and_changes_nothing(monkeypatch, before):
    monkeypatch.setenv(session.VARIABLE, before)
    with pytest.raises(ParameterError, match="SILKPORT_LANG is 'fr', and notebooks speak en and zh"):
        session.choose("fr")
    assert session.language() == (before or "en")
