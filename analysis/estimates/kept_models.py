"""Models of monthly tables, made once for the same months, regressors and code, then kept.

What is kept in the folder that `SILKPORT_CACHE` names is what would be made, bit for bit, so no number depends on it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from analysis.core.reasons import Reason
from analysis.estimates.code_fingerprint import code_fingerprint
from analysis.methods.airline import Airline
from analysis.methods.backtesting import Backtest
from analysis.methods.forecasting import Learnt
from analysis.methods.seasonal import Adjustment
from analysis.methods.structural import Explanation
from analysis.runtime import x13
from analysis.runtime.cache import Codec, fingerprint, recall_or_make
from analysis.runtime.folders import PACKAGE

#: The layers whose code can change a model of a monthly table.
LAYERS = ("core", "methods", "runtime")

#: The classes of what is kept.
CODEC = Codec.of(Adjustment, Airline, Backtest, Explanation, Learnt, Reason)

T = TypeVar("T")


def kept(what: str, make: Callable[[], T], *depends_on: Any) -> T:
    """Return a model that is kept, or make and keep it.

    Parameters
    ----------
    what
        Which model it is.
    make
        Computes it.
    depends_on
        All that it depends on besides the code: tables, numbers, texts, dataclasses.
    """
    return recall_or_make(fingerprint(what, _code(), depends_on), make, CODEC)


@cache
def _code() -> str:
    """Return the fingerprint of the code, and of whether X-13 is at hand."""
    return fingerprint(code_fingerprint(PACKAGE, LAYERS), x13.program_path() is not None)
