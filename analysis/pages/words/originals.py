"""Published figures in the reader's language, with the words of the publication where those are foreign."""

import re
from dataclasses import replace

from analysis.pages.words.cells import Number
from analysis.pages.words.rounding import without_commas

#: A letter of any script but Chinese: what a Chinese reader meets as a foreign figure.
_FOREIGN = re.compile(r"[A-Za-zА-яЁёÀ-ÿ\uac00-\ud7a3]{2,}")


def with_original(number: Number, printed: str) -> Number:
    """Return a number with its foreign original in Chinese brackets: `约450辆次（原文“about 450”）`.

    The English words stay as they are: sources and tables of the page hold the Chinese original.
    """
    if not _FOREIGN.search(printed):
        return number
    return replace(number, zh=f"{number.zh}（原文“{printed}”）")


def bare(number: Number) -> Number:
    """Return a number as each language prints thousands: `6,139`; `6139`."""
    return replace(number, zh=without_commas(number.zh))
