"""Joint fits and the paths drawn from them: made once for the same evidence, calendars, window and code, then kept.

Within a process the last fits stay in memory; between processes fits and paths are kept in the folder that
`SILKPORT_CACHE` names. What is kept is what would be made, bit for bit, so no number depends on it.
"""

import platform
from collections import OrderedDict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.estimates.inputs import Question
from analysis.methods import reconstruction
from analysis.methods.reconstruction import Posterior, Reconstruction
from analysis.methods.reconstruction.codec import CODEC
from analysis.methods.reconstruction.removal import with_bearing
from analysis.runtime.cache import fingerprint, recalled

#: Fits held in memory: a report asks for those of two editions.
HELD = 2


#: Layers above the methods that cannot change a fit.
_ABOVE = ("presentation", "publishing", "cli")

_held: OrderedDict[str, Posterior] = OrderedDict()


def posterior(question: Question) -> Posterior:
    """Return the joint fit that answers a question."""
    key = _key(question)
    if key not in _held:
        _held[key] = recalled(key, lambda: _fit(question), CODEC)
    _held.move_to_end(key)
    while len(_held) > HELD:
        _held.popitem(last=False)
    return _held[key]


def path(
    question: Question, series_id: str, *, levels: tuple[int, ...], draws: int, seed: int
) -> "Reconstruction | str":
    """Return the path of one series, with what bears on it, or the sentence that says why there is none.

    What statements bind together is drawn together and kept, so the ports of a region cost one run, and their paths
    add up draw by draw.
    """

    def make() -> "Reconstruction | str":
        fitted = posterior(question)
        together = fitted.bound_parts([series_id])
        drawn = recalled(
            fingerprint(_key(question), "draws", together, draws, seed),
            lambda: fitted.draw_parts([series_id], draws=draws, seed=seed),
            CODEC,
        )
        found = fitted.summarise_draws([series_id], drawn, levels=levels)[series_id]
        return found if isinstance(found, str) else with_bearing(fitted, found)

    found: Reconstruction | str = recalled(fingerprint(_key(question), series_id, levels, draws, seed), make, CODEC)
    return found


def _key(question: Question) -> str:
    """Return the fingerprint of a question and of the code that answers it."""
    return fingerprint("joint fit", code(), question.key)


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
