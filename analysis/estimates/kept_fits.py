"""Joint fits and the paths drawn from them: made once for the same evidence, calendars, window and code, then kept.

Within a process the last fits stay in memory; between processes fits and paths are kept in the folder that
`SILKPORT_CACHE` names. What is kept is what would be made, bit for bit, so no number depends on it.
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache

from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.estimates.code_fingerprint import code_fingerprint
from analysis.estimates.inputs import Inputs
from analysis.methods import reconstruction
from analysis.methods.reconstruction import Posterior, Reconstruction
from analysis.methods.reconstruction.codec import CODEC
from analysis.methods.reconstruction.removal import with_bearing
from analysis.runtime.cache import fingerprint, recall_or_make
from analysis.runtime.folders import PACKAGE

#: Fits that stay in memory: a report asks for those of two editions.
FITS_IN_MEMORY = 2

#: The layers whose code can change a fit; an edit of a page or of a desk refits nothing.
LAYERS = ("core", "sources", "methods")

_fits: OrderedDict[str, Posterior] = OrderedDict()


def posterior(inputs: Inputs) -> Posterior:
    """Return the joint fit of some inputs; inputs that differ in the months of their paths only share it."""
    key = _key(inputs)
    if key not in _fits:
        _fits[key] = recall_or_make(key, lambda: _fit(inputs), CODEC)
    _fits.move_to_end(key)
    while len(_fits) > FITS_IN_MEMORY:
        _fits.popitem(last=False)
    return _fits[key]


def path(inputs: Inputs, series_id: str, sampling: Sampling) -> Reconstruction | Reason:
    """Return the path of one series, with what bears on it, or the reason why there is none.

    What statements bind together is drawn together and kept, so the ports of a region cost one run, and their paths
    add up draw by draw.
    """

    def make() -> Reconstruction | Reason:
        reconstruction_or_reason = paths(inputs, [series_id], sampling)[series_id]
        if isinstance(reconstruction_or_reason, Reason):
            return reconstruction_or_reason
        return with_bearing(posterior(inputs), reconstruction_or_reason)

    key = fingerprint(_key(inputs), series_id, (inputs.start, inputs.end), sampling)
    kept: Reconstruction | Reason = recall_or_make(key, make, CODEC)
    return kept


def paths(
    inputs: Inputs, series: Sequence[str], sampling: Sampling, *, workers: int = 1
) -> dict[str, Reconstruction | Reason]:
    """Return the paths of some series, or the reasons why there are none; their draws are kept.

    Parameters
    ----------
    inputs
        What the fit depends on, and the months of the paths.
    series
        Series asked for by name: the draws of a whole ledger are too many to keep.
    sampling
        Interval levels, draws and seed.
    workers
        How many processes draw what was not kept.
    """
    fit = posterior(inputs)
    drawn = recall_or_make(
        fingerprint(_key(inputs), "draws", fit.bound_parts(series), sampling.draws, sampling.seed),
        lambda: fit.draw_parts(series, sampling, workers=workers),
        CODEC,
    )
    return fit.summarise_draws(series, drawn, levels=sampling.levels, months=(inputs.start, inputs.end))


def _key(inputs: Inputs) -> str:
    """Return the fingerprint of a fit's inputs and of the code that makes it."""
    return fingerprint("joint fit", code(), inputs.fit_key)


@cache
def code() -> str:
    """Return the fingerprint of what turns inputs into numbers: our own files, and the numerical packages."""
    return code_fingerprint(PACKAGE, LAYERS)


def _fit(inputs: Inputs) -> Posterior:
    start, end = inputs.window
    return reconstruction.reconstruct_together(
        inputs.statements, start=start, end=end, structure=inputs.structure, overshoot=inputs.overshoot
    )
