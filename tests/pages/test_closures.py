"""What shut a port, in both languages: the words of its state, or the notice of the event."""

import re

import polars as pl

from analysis.pages.port.charts.labels import closure_label
from analysis.pages.words.closures import closure_words
from tests.evidence import bundled

CHINESE, ENGLISH = re.compile("[\u3400-\u9fff]"), re.compile("[A-Za-z]{3,}")


def test_every_event_is_told_in_chinese_with_the_numbers_of_the_english() -> None:
    events = bundled().registers["port_events"]
    for english, chinese in events.select("description", "description_zh").unique().iter_rows():
        assert chinese is not None, english
        assert CHINESE.search(chinese), english
        assert not ENGLISH.search(chinese), chinese
        years = set(re.findall(r"\b(?:19|20)\d\d\b", english))
        assert years <= set(re.findall(r"(?:19|20)\d\d", chinese)), (english, chinese)


def test_the_label_of_every_closure_is_chinese_on_a_chinese_page() -> None:
    last = bundled().registers["port_closures"]["end"].max()
    for port, modes in bundled().places.ports.select("port", "modes").iter_rows():
        for mode in modes:
            for row in bundled().calendars.closures(port, mode, as_of=last).iter_rows(named=True):
                label = closure_label(row)
                assert CHINESE.search(str(label.zh)), (port, row)
                assert not ENGLISH.search(str(label.zh)), (port, label.zh)
                assert not CHINESE.search(str(label.en)), (port, label.en)


def test_a_state_without_a_notice_is_told_with_its_direction() -> None:
    row = {"state": "one_way", "direction": "export", "notice": None, "notice_zh": None}
    words = closure_words(row)
    assert (words.en, words.zh) == ("one way, export only", "单向通行，仅限出口")
    words = closure_words(row | {"state": "closed", "direction": "both"})
    assert (words.en, words.zh) == ("closed to freight", "货运关闭")


def test_a_notice_without_chinese_words_stands_in_english() -> None:
    row = {"state": "closed", "direction": "both", "notice": "Rockfall", "notice_zh": None}
    assert closure_words(row).zh == "Rockfall"


def test_the_same_event_is_told_in_the_same_words() -> None:
    events = bundled().registers["port_events"].select("description", "description_zh").unique()
    assert events["description"].is_unique().all()
    assert events.filter(pl.col("description_zh").is_null()).is_empty()
