"""Joint fits and the paths drawn from them: made once for the same evidence, calendars, window and code, then kept.

Within a process the last fits stay in memory; between processes fits and paths are kept in the folder that
`SILKPORT_CACHE` names. What is kept is what would be made, bit for bit, so no number depends on it.
"""

import datetime as dt
import platform
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import polars as pl

from analysis import reconstruction
from analysis.cache import Codec, fingerprint, recalled
from analysis.reconstruction import Overshoot, Posterior, Reconstruction, Structure
from analysis.reconstruction.bearing import Bearing, Span
from analysis.reconstruction.fit import Fit
from analysis.reconstruction.joint import Joint, Linearised, Theta
from analysis.reconstruction.operator import Operator, Touch
from analysis.reconstruction.prior import Shapes
from analysis.reconstruction.system import Family, Node, Part, System
from analysis.reconstruction.window import Days

#: Fits held in memory: a report asks for those of two editions.
HELD = 2

_CODEC = Codec(
    {
        **Codec.of(
            Bearing, Days, Family, Fit, Linearised, Node, Operator, Overshoot, Part, Posterior, Reconstruction, Shapes,
            Span, System, Theta, Touch,
        ).classes,
        Joint: ("system", "theta", "linear"),
    }
)  # fmt: skip

#: Layers above the methods that cannot change a fit.
_ABOVE = ("presentation", "publishing", "cli")

_held: OrderedDict[str, Posterior] = OrderedDict()


@dataclass(frozen=True)
class Question:
    """All that a joint fit depends on; the arguments of `reconstruction.reconstruct_together`."""

    evidence: pl.DataFrame
    start: dt.date
    end: dt.date
    structure: Structure
    overshoot: Overshoot

    def key(self) -> str:
        """Return the fingerprint of the question and of the code that answers it."""
        return fingerprint("joint fit", code(), self)


def posterior(question: Question) -> Posterior:
    """Return the joint fit that answers a question."""
    key = question.key()
    if key not in _held:
        _held[key] = recalled(key, lambda: _fit(question), _CODEC)
    _held.move_to_end(key)
    while len(_held) > HELD:
        _held.popitem(last=False)
    return _held[key]


def path(
    question: Question, series_id: str, *, levels: tuple[int, ...], draws: int, seed: int
) -> "Reconstruction | str":
    """Return the path of one series, with what bears on it, or the sentence that says why there is none."""

    def make() -> "Reconstruction | str":
        fitted = posterior(question)
        drawn = fitted.paths([series_id], levels=levels, draws=draws, seed=seed)[series_id]
        return drawn if isinstance(drawn, str) else fitted.traced(drawn)

    found: Reconstruction | str = recalled(fingerprint(question.key(), series_id, levels, draws, seed), make, _CODEC)
    return found


@cache
def code() -> str:
    """Return the fingerprint of what turns a question into numbers: our own files, and the numerical packages."""
    package = Path(__file__).resolve().parent
    files = {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*.py"))
        if path.relative_to(package).parts[0] not in _ABOVE
    }
    packages = {name: version(name) for name in ("numpy", "scipy", "polars")}
    return fingerprint(files, packages, platform.python_version(), platform.machine())


def _fit(question: Question) -> Posterior:
    """Fit."""
    return reconstruction.reconstruct_together(
        question.evidence,
        start=question.start,
        end=question.end,
        structure=question.structure,
        overshoot=question.overshoot,
    )
