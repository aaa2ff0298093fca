"""The language that a notebook is read in: chosen once for the session, English where nobody chose."""

import os

from analysis.core.errors import ParameterError
from analysis.pages.words.cells import EN, LANGUAGES

#: The environment variable that names it: `en` or `zh`.
VARIABLE = "SILKPORT_LANG"


def language() -> str:
    """Return the language of this session.

    Raises
    ------
    ParameterError
        If the variable names another one.
    """
    chosen = os.environ.get(VARIABLE) or EN
    if chosen not in LANGUAGES:
        raise ParameterError(
            f"{VARIABLE} is {chosen!r}, and notebooks speak {' and '.join(LANGUAGES)}. Name one of them."
        )
    return chosen


def choose(lang: str) -> None:
    """Let everything that this session shows from now on be in one language.

    Raises
    ------
    ParameterError
        If it is neither `en` nor `zh`.
    """
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = lang
    try:
        language()
    except ParameterError:
        os.environ.pop(VARIABLE) if before is None else os.environ.update({VARIABLE: before})
        raise
