"""Places as readers call them, in English and Chinese."""

from analysis import places
from analysis.presentation.text import Both


def short_name(place: str) -> Both:
    """Return both names without their other spellings: `Irkeshtam` of `Irkeshtam (Erkeshtam, ...)`.

    A place without a Chinese name is called by its English one.
    """
    english, chinese = (name.partition(" (")[0] for name in places.names(place))
    return Both(english, chinese or english)


def port_name(place: str) -> Both:
    """Return the names of a port as a sentence has them: `Irkeshtam`, `伊尔克什坦口岸`."""
    name = short_name(place)
    return Both(name.en, name.zh if str(name.zh).endswith("口岸") else f"{name.zh}口岸")
