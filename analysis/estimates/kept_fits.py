"""Joint fits and the paths drawn from them: made once for the same evidence, calendars, window and code, then kept.

Within a process the last fits stay in memory; between processes fits and paths are kept in the folder that
`SILKPORT_CACHE` names. What is kept is what would be made, bit for bit, so no number depends on it.
"""

import platform
from collections import OrderedDict
from functools import cache
from importlib.metadata import version

from analysis.estimates.inputs import Question
from analysis.methods import reconstruction
from analysis.methods.reconstruction import Posterior, Reconstruction
from analysis.methods.reconstruction.codec import CODEC
from analysis.methods.reconstruction.tracing import traced
from analysis.runtime.cache import fingerprint, recall_or_make
from analysis.runtime.folders import PACKAGE

#: Fits held in memory: a report asks for those of two editions.
HELD = 2

#: Layers whose code can change a fit.
_LAYERS = ("core", "sources", "methods", "estimates")

_held: OrderedDict[str, Posterior] = OrderedDict()


def posterior(question: Question) -> Posterior:
    """Return the joint fit that answers a question."""
    key = _key(question)
    if key not in _held:
        _held[key] = recall_or_make(key, lambda: _fit(question), CODEC)
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
        together = fitted.together([series_id])
        drawn = recall_or_make(
            fingerprint(_key(question), "draws", together, draws, seed),
            lambda: fitted.drawn([series_id], draws=draws, seed=seed),
            CODEC,
        )
        found = fitted.summarised([series_id], drawn, levels=levels)[series_id]
        return found if isinstance(found, str) else traced(fitted, found)

    key = fingerprint(_key(question), series_id, levels, draws, seed)
    kept: Reconstruction | str = recall_or_make(key, make, CODEC)
    return kept


def _key(question: Question) -> str:
    """Return the fingerprint of a question and of the code that answers it."""
    return fingerprint("joint fit", code(), question.key)


@cache
def code() -> str:
    """Return the fingerprint of what turns a question into numbers: our own files, and the numerical packages."""
    files = {
        path.relative_to(PACKAGE).as_posix(): path.read_bytes()
        for layer in _LAYERS
        for path in sorted((PACKAGE / layer).rglob("*.py"))
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
