"""Monthly paths with intervals from mixed published statements (docs/methods/reconstruction.md).

The modules in the order of the algorithm:

1.  What is read. `spans`: the span of days that a statement speaks of, and the span it compares with. `window`: the
    open days of every month. `equations`: the observation equations, one a statement, as functions of log daily
    rates; `equation_builder` makes them from rows of a ledger.
2.  The model. `prior`: the Gaussian prior of a path, a sum of components, and the priors of their sizes. `overshoot`:
    how far a figure lies beyond a bound named for it. `structure`: parts (flows that are no sums), families (parts
    that statements about sums connect) and nodes (what several parts have in common). `hyperparameters`: the log
    standard deviations, and how well they are known.
3.  The mode. `linearised`: the statements of a family at a point. `joint_gaussian`: all of them as one Gaussian,
    solved in blocks. `fisher_scoring`: a step of the hyperparameters. `mode`: Gauss-Newton rounds over these.
4.  The draws. `draws`: randomise-then-optimise, batch by batch. `draw_sets`: draws that share hyperparameters, solved
    family by family. `family_problem`, `nearest_paths`, `descent`: the paths nearest to prior draws under the exact
    equations of one family.
5.  The answer. `joint_fit`: the entry, from a table of statements to a `posterior.Posterior`. `status`: how each
    month was made. `result`: the path of one series with its intervals.
6.  Questions to a fit. `removal` and `bearing`: which statements a total rests on. `gain`: what new statements added
    to it. `adjusted`: the path without season and festival. `codec`: which classes are kept on the disk.

Letters: `x` log daily rates, `z` log overshoots, `w` multipliers of the statements (`S^-1 d`), `H` derivatives, `K`
prior covariances of paths, `S` covariance of the statements, `d` deviations, `R` error variances, `theta`
hyperparameters; `f` numbers families.
"""

from analysis.methods.reconstruction.joint_fit import Calendar, Structure, reconstruct, reconstruct_together
from analysis.methods.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.result import Reconstruction
from analysis.methods.reconstruction.window import covering_window

__all__ = [
    "Calendar",
    "Overshoot",
    "Posterior",
    "Reconstruction",
    "Structure",
    "covering_window",
    "learn_overshoot",
    "reconstruct",
    "reconstruct_together",
]
