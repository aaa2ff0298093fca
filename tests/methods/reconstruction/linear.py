"""Systems whose statements are plain sums of log rates, so that everything is Gaussian and has a closed form."""

# ruff: noqa: N806 (letters where the algebra is)

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from analysis.methods.reconstruction.equations import EquationValues, PartTerms, StatementEquations
from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.linearised import Linearised
from analysis.methods.reconstruction.mode import Mode
from analysis.methods.reconstruction.overshoot import learn_overshoot
from analysis.methods.reconstruction.prior import COMPONENTS, SCALE_PRIORS, prior_shapes
from analysis.methods.reconstruction.structure import Family, Node, Part, System
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.evidence import day


@dataclass(frozen=True)
class Sums(StatementEquations):
    """Statements `h(x) = sum_p N_p x_p`: sums of x itself in place of logs of sums of its exponentials."""

    def at(self, x: np.ndarray) -> EquationValues:
        h = np.zeros((len(x), self.y.size))
        for part, term in enumerate(self.terms):
            h[:, term.rows] += x[:, part] @ term.N.T
        return EquationValues(self, np.ones((len(x), x[0].size)), np.ones_like(h), np.ones((len(x), 0)), h)


def sums(
    y: np.ndarray,
    noise: np.ndarray,
    *weights: np.ndarray,
    growth: np.ndarray | None = None,
    counts: np.ndarray | None = None,
    bases: np.ndarray | None = None,
    months_compared: np.ndarray | None = None,
) -> Sums:
    """DescentState sums with these weights, one array a part (statements by months)."""
    none = np.zeros(y.size, dtype=bool)
    rows = [np.flatnonzero(N.any(axis=1)) for N in weights]
    terms = tuple(PartTerms(at, N[at], np.zeros_like(N[at])) for at, N in zip(rows, weights, strict=True))
    growth = none if growth is None else growth
    counts, bases = (np.zeros((y.size, 0)) if each is None else each for each in (counts, bases))
    months = np.ones(y.size) if months_compared is None else months_compared
    return Sums(pl.DataFrame(), terms, y, noise, growth, none, none.astype(int), counts, bases, months)


def system_of(
    families: Sequence[tuple[Any, ...]],
    nodes: tuple[Node, ...] = (),
    *,
    centre: np.ndarray,
    months: int,
    jumps: np.ndarray | None = None,
) -> System:
    """Put parts and families (statements, parts, whether they are ties) together, over a window from January 2020."""
    shapes = prior_shapes(months)
    jumps = np.zeros(months) if jumps is None else jumps
    days = days_in_window(day("2020-01-01"), day(f"{2019 + months // 12}-12-01"), None)
    beside = {part for node in nodes if node.tier == "activity" for part in node.parts}
    parts = tuple(
        Part(f"part{i}", days, float(c), "ratio" if i in beside else "flow", jumps) for i, c in enumerate(centre)
    )
    found = tuple(Family(equations, touched, any(tie)) for equations, touched, *tie in families)
    return System(parts, found, nodes, shapes, learn_overshoot())


def median_theta(system: System) -> Hyperparameters:
    """Return the prior medians."""
    own = np.array([SCALE_PRIORS[part.scale].mean for part in system.parts])
    node = np.reshape([SCALE_PRIORS[node.tier].mean for node in system.nodes], (-1, own.shape[1]))
    return Hyperparameters(own, node, np.full(len(system.families), np.log(0.006)))


def linearised(system: System) -> list[Linearised]:
    """Return the statements as they are: what is stated minus what the prior_centres imply."""
    found = []
    for family in system.families:
        months = system.shapes.months
        centre = np.repeat([[system.parts[part].centre] for part in family.parts], months, axis=1)
        h, H = family.equations.linearise(centre)
        zero = np.zeros(family.equations.y.size)
        found.append(Linearised(H, family.equations.y - h, excess=zero, z_var=zero + 1, revised=zero + 1, temper=0.0))
    return found


def solution(joint: JointGaussian) -> tuple[np.ndarray, Mode]:
    """Return the posterior means of the log rates, parts by months, and a fit that holds them."""
    system = joint.system
    w = joint.multipliers([linear.d for linear in joint.linear])
    x = np.repeat([[part.centre] for part in system.parts], system.shapes.months, axis=1)
    for node, update in zip(system.nodes, joint.node_updates(w), strict=True):
        x[list(node.parts)] += update
    for part in range(len(system.parts)):
        x[part] += joint.part_update(part, w)
    z = [np.zeros(family.equations.y.size) for family in system.families]
    sizes = joint.theta.own.shape[1]
    known = [1e-16 * np.eye(sizes) for _ in system.parts], [1e-16 * np.eye(sizes) for _ in system.nodes]
    spread = HyperparameterCovariance(*known, np.full(len(system.families), 1e-16))
    return x, Mode(joint.theta, spread, x, z, w, [True] * len(system.families), joint)


def log_likelihood(joint: JointGaussian) -> float:
    """Return the log density of all statements."""
    d = [linear.d for linear in joint.linear]
    square = sum(float(a @ b) for a, b in zip(d, joint.multipliers(d), strict=True))
    return -0.5 * (joint.log_determinant() + square + np.log(2 * np.pi) * sum(each.size for each in d))


def at_scales(theta: Hyperparameters, **sizes: float) -> Hyperparameters:
    """Return the same with some standard deviations of all parts set, by component; all others as good as zero."""
    own = np.full_like(theta.own, np.log(1e-9))
    for name, size in sizes.items():
        own[:, COMPONENTS.index(name)] = np.log(size)
    return replace(theta, own=own)
