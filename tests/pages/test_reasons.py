"""Every reason in the words of both languages."""

import re
import string

import pytest

from analysis.core.reasons import REASONS, Reason
from analysis.pages.words.reasons import CHINESE, reason_words

#: A run of Latin letters that is no id, no name of a column and no fact in braces.
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def test_every_reason_has_chinese_words_and_no_words_are_left_over() -> None:
    assert set(CHINESE) == set(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_the_chinese_words_name_the_same_facts(code: str) -> None:
    parts = list(string.Formatter().parse(CHINESE[code]))
    assert {field for _, field, _, _ in parts if field is not None} == set(REASONS[code].facts)
    words = "".join(literal for literal, *_ in parts)
    assert re.search("[\u3400-\u9fff]", words)
    assert not ENGLISH.search(words.replace("status", ""))


def test_facts_are_in_the_words_of_the_language() -> None:
    nothing = reason_words(Reason("nothing_published", day="2023-11-30"))
    assert nothing.en == "Nothing in the ledger was published by 30 November 2023. Ask for a later date."
    assert nothing.zh == "截至2023年11月30日台账中没有已公布的内容。请选择较晚的日期。"
    gap = reason_words(Reason("gap_month", month="2021-11"))
    assert (gap.en[:13], gap.zh[:8]) == ("November 2021", "2021年11月")
    assert reason_words(Reason("judged", status="doubtful")).zh == "经核存疑"
    assert reason_words(Reason("judged", status="source wrong").written).zh == "经核原文有误"
    assert reason_words("repeats?statement=0a1b2c3d4e").zh == "与0a1b2c3d4e重复"


def test_where_there_is_no_reason_there_are_no_words() -> None:
    assert (reason_words("").en, reason_words("").zh) == ("", "")
