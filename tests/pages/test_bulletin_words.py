"""Every reason of the reader of bulletins is said in both languages."""

import re

import pytest

from analysis.pages.words.bulletins import DOUBT, LEDGER, WHY
from analysis.sources.bulletins.confidence import DOUBTS
from analysis.sources.bulletins.proposals import CONTRADICTS, KNOWN, NEW, REPRINT
from analysis.sources.bulletins.rows import Why


def test_every_reason_and_doubt_has_words():
    assert set(WHY) == set(Why) - {Why.NOTHING}
    assert set(DOUBT) == set(DOUBTS)
    assert set(LEDGER) == {NEW, REPRINT, KNOWN, CONTRADICTS}


@pytest.mark.parametrize("words", [*WHY.values(), *DOUBT.values(), *LEDGER.values()], ids=lambda words: words.en)
def test_each_language_is_its_own(words):
    assert not re.search("[\u3400-\u9fff]", words.en)
    assert not re.search("[A-Za-z]", words.zh)
