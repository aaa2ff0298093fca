"""A system of ports draw by draw: ranks, concentration, recovery (docs/methods/region.md)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Marks draws in which a flow has not recovered.
NEVER = -1


def ranks(values: ArrayLike, *, ties: float = 0.5) -> NDArray[np.floating]:
    """Return the rank of each value, 1 for the largest.

    Parameters
    ----------
    values
        One number each; or draws by ports, ranked within each draw.
    ties
        Which rank equal values have: 0 the smallest they could, 1 the largest, 0.5 the middle.
    """
    table = np.asarray(values, dtype=float)
    above = (table[..., None, :] > table[..., :, None]).sum(axis=-1)
    equal = (table[..., None, :] == table[..., :, None]).sum(axis=-1)
    return np.asarray(above + 1 + ties * (equal - 1))


def rank_sets(draws: ArrayLike, *, level: int = 80) -> NDArray[np.integer]:
    """Return the lowest and the highest rank of each port at a level in percent, ports by (best, worst).

    Parameters
    ----------
    draws
        Draws by ports.
    """
    tail = (1 - level / 100) / 2
    found = ranks(draws, ties=0.0)
    ends = np.quantile(found, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return np.asarray(ends.T, dtype=int)


def concentration(draws: ArrayLike) -> NDArray[np.floating]:
    """Return the index of Herfindahl and Hirschman of each draw, the sum of squared shares: 1/n to 1.

    Parameters
    ----------
    draws
        Draws by ports, zero or more.
    """
    table = np.asarray(draws, dtype=float)
    return np.asarray(((table / table.sum(axis=1, keepdims=True)) ** 2).sum(axis=1))


def recovered_from(flows: ArrayLike, normal: ArrayLike) -> NDArray[np.integer]:
    """Return the first month from which each draw stays at or above normal; `NEVER` where its last one is below.

    Parameters
    ----------
    flows
        Draws by months.
    normal
        What each month is compared with, in the same form; a month of which it is zero is passed over.
    """
    now, then = np.asarray(flows, dtype=float), np.asarray(normal, dtype=float)
    short = (now < then) & (then > 0)
    months = short.shape[1]
    last_short = np.where(short.any(axis=1), months - 1 - short[:, ::-1].argmax(axis=1), -1)
    return np.asarray(np.where(last_short == months - 1, NEVER, last_short + 1))
