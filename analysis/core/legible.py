"""Text as a reader should see it: without characters that turn it round, hide in it, or command a terminal."""

import re

#: Control characters other than tab, line feed and carriage return, and halves of a character that is none: a name of
#: a file that is not in UTF-8 reaches Python as such halves.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")

#: Characters without width: they set the direction of what follows, join or part words, or say nothing at all.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)


def legible(text: str) -> str:
    r"""Return text in which control characters are written out, such as `\u001b`, and those without width are gone.

    Tabs and line ends stay.
    """
    return _CONTROL.sub(_number, _UNSEEN.sub("", text))


def spelt_out(text: str) -> str:
    r"""Return text in which characters without width are written out too: two ids that differ by one stay different."""
    return _CONTROL.sub(_number, _UNSEEN.sub(_number, text))


def encodable(text: str) -> str:
    r"""Return text that every file in UTF-8 can hold: bytes of a name in another encoding are written out (`\xb0`)."""
    return _HALF.sub(_number, text)


def _number(character: re.Match[str]) -> str:
    r"""Return the number of a character as JSON writes it (`\u202e`), and that of a byte that is no UTF-8 as `\xb0`."""
    number = ord(character[0])
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
