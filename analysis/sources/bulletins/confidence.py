"""How sure a proposed row is: from where its place, its days and its subject are known."""

from collections.abc import Mapping

#: What is left of certainty where a part of a row was found elsewhere than in the sentence of the figure: a rating, so
#: that rows can be sorted for review, and no probability.
WEIGHTS = {"sentence": 1.0, "text": 0.9, "title": 0.8, "publisher": 0.75}

#: The rating of a row all of whose parts stand in its sentence.
BEST = 0.98

#: Figures with a lower rating give no row.
LEAST = 0.5

#: What a rating may be lowered by: where a part was found.
DOUBTS = tuple(f"{part} from {source}" for part in ("places", "span", "subject") for source in WEIGHTS)[1:]


def confidence(found: Mapping[str, str]) -> tuple[float, tuple[str, ...]]:
    """Return the rating of a row from 0 to 1, and the codes of what lowers it.

    Parameters
    ----------
    found
        Part of the topic (places, span, subject) to where it was found.
    """
    doubts, sure = [], BEST
    for part in ("places", "span", "subject"):
        source = found.get(part, "publisher")
        sure *= WEIGHTS[source]
        if source != "sentence":
            doubts.append(f"{part} from {source}")
    return round(sure, 2), tuple(doubts)
