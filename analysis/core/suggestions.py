"""The sentence that helps after a word was not found: the nearest known one, or what there is to choose from."""

import difflib
from collections.abc import Iterable

#: Similarity from 0 to 1 (`difflib`) below which a known word is too far from the given one to have been meant.
LEAST_SIMILARITY = 0.6


def nearest_word(word: str, known: Iterable[str], *, similarity: float = LEAST_SIMILARITY) -> str | None:
    """Return the known word that was probably meant, or None; capitals and spaces around a word do not matter."""
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.strip().lower(), each)
    near = difflib.get_close_matches(word.strip().lower(), folded, n=1, cutoff=similarity)
    return folded[near[0]] if near else None


def suggestion(word: str, known: Iterable[str], *, otherwise: str | None = None) -> str:
    """Return the sentence that names the nearest known word.

    Parameters
    ----------
    word
        What was given.
    known
        What would have been understood.
    otherwise
        The sentence where no known word is near; one that lists them all if not given.
    """
    known = list(known)
    near = nearest_word(word, known)
    if near is not None:
        return f"Did you mean {near!r}?"
    if otherwise is not None:
        return otherwise
    return f"Use one of {', '.join(known)}." if known else "There is none to choose from."
