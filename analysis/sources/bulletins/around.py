"""Words around a figure that say over, about or under."""

from analysis.sources.bulletins.windows import Window
from analysis.sources.bulletins.words import Words


def without_relation(before: str, words: Words) -> str:
    """Return the words before a figure without those that say over, about or under."""
    for pattern, _ in words.before:
        match = pattern.search(before)
        if match:
            return before[: match.start()]
    return before


def relation(window: Window, words: Words) -> str:
    """Return `eq`, `approx`, `gt` or `lt` by the words in a figure (50余万), behind it or before it."""
    if window.figure.more:
        return "gt"
    for pattern, found in words.after:
        if pattern.match(window.after):
            return found
    for pattern, found in words.before:
        if pattern.search(window.before):
            return found
    return "eq"
