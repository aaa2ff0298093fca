"""Places as readers call them, in English and Chinese."""

from analysis import places


def short_name(place: str) -> str:
    """Return the English name without its other spellings: `Irkeshtam` of `Irkeshtam (Erkeshtam, ...)`."""
    return places.names(place)[0].partition(" (")[0]


def port_name(place: str) -> str:
    """Return both names: `Irkeshtam 伊尔克什坦`."""
    return f"{short_name(place)} {places.names(place)[1]}"
