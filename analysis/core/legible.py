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
    r"""Return text in which control characters are written out, such as `\x1b`, and characters without width are gone.

    Tabs and line ends stay.
    """
    return _CONTROL.sub(_written_out, _UNSEEN.sub("", text))


def encodable(text: str) -> str:
    r"""Return text that every file in UTF-8 can hold: bytes of a name in another encoding are written out (`\xb0`)."""
    return _HALF.sub(_written_out, text)


def _written_out(character: re.Match[str]) -> str:
    """Return the number of a character; of an undecodable byte that of the byte."""
    number = ord(character[0])
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
