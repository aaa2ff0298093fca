"""What is suggested after a word was not found."""

import pytest

from analysis.core.suggestions import nearest_word, suggestion
from tests.repository import ROOT


@pytest.mark.parametrize(
    "word,sentence",
    [
        ("horgs", "Did you mean 'Horgos'?"),
        (" HORGOS ", "Did you mean 'Horgos'?"),
        ("zzz", "Use one of Horgos, irkeshtam."),
    ],
)
def test_the_nearest_word_is_named_whatever_its_capitals_or_all_words(word, sentence):
    assert suggestion(word, ["Horgos", "irkeshtam"]) == sentence


def test_a_caller_may_have_a_remedy_of_its_own_where_nothing_is_near():
    assert suggestion("zzz", ["Horgos"], otherwise="Look at the ledger.") == "Look at the ledger."
    assert suggestion("zzz", []) == "There is none to choose from."


def test_similarity_decides_what_is_near():  # difflib: 2 * 4 common letters of 5 + 6 is 0.73
    assert nearest_word("irkes", ["irkuts"], similarity=0.7) == "irkuts"
    assert nearest_word("irkes", ["irkuts"], similarity=0.75) is None


def test_no_other_module_compares_words():
    users = [path for path in (ROOT / "analysis").rglob("*.py") if "difflib" in path.read_text(encoding="utf-8")]
    assert [path.name for path in users] == ["suggestions.py"]
