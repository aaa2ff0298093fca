"""What a reader sees of a text is what it says."""

import pytest

from analysis.core.legible import encodable, legible, spelt_out


@pytest.mark.parametrize(
    "text,shown",
    [
        ("46.4万吨\t货运量\r\n", "46.4万吨\t货运量\r\n"),
        ("gate \u202egnp.exe\u202c \u2066a\u2069\u200f\u200e", "gate gnp.exe a"),
        ("\ufeffHor\u200bgos\u2060 \u00ad货\u200d运", "Horgos 货运"),
        ("11\x0823\x00", r"11\u000823\u0000"),
        ("\x1b[2J\x07\x9b31m\x85", r"\u001b[2J\u0007\u009b31m\u0085"),
        (b"\xbb\xf5.csv".decode("utf-8", "surrogateescape"), r"\xbb\xf5.csv"),
        ("\ud800", r"\ud800"),
        ("\U0001f1e8\U0001f1f3\U000e0041", "\U0001f1e8\U0001f1f3"),
    ],
)
def test_hidden_characters_are_gone_and_commands_are_written_out(text, shown):
    assert legible(text) == shown
    legible(text).encode("utf-8")


def test_ids_that_differ_by_a_hidden_character_stay_different():
    assert spelt_out("port\u200b.tonnes\u202e\x1b\U000e0041") == r"port\u200b.tonnes\u202e\u001b\U000e0041"


def test_only_what_no_file_can_hold_is_written_out():
    assert encodable("\x1b[31m\u202e" + b"\xbb".decode("utf-8", "surrogateescape")) == "\x1b[31m\u202e\\xbb"
