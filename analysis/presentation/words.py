"""Fixed words: how likely, how old, how a comparison is called."""

#: Lower ends of the five words for a probability. Between 33 and 66% it is about even.
_SCALE = ((0.90, "very likely"), (0.66, "likely"))


def likelihood(probability: float) -> str:
    """Return the fixed word for a probability.

    At least 90% very likely, at least 66% likely, 33 to 66% about even, at most 33% unlikely, at most 10% very
    unlikely.
    """
    for floor, word in _SCALE:
        if probability >= floor:
            return word
    if probability <= 0.10:
        return "very unlikely"
    return "unlikely" if probability <= 0.33 else "about even"


def age(days: int) -> str:
    """Return an age in the unit that a reader would choose: days, months or years."""
    if days < 62:
        return f"{days} days"
    if days < 730:
        return f"{round(days / 30.4375)} months"
    return f"{days / 365.25:.1f} years"


def series(items: list[str]) -> str:
    """Return items as a list in words: `a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
