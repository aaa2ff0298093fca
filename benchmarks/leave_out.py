"""Leave real statements out of the bundled ledger, all flows, and see how often the intervals hold them.

    python benchmarks/leave_out.py [--seed 1] [--folds 8] [--record data/held_out.csv] [--out FILE.csv] [--against FILE]

Each exact level of a monthly flow over a month to a year, whose series has another figure, is predicted from all
other statements: without itself, its reprints, other sums of the same series and period, and all rows of the same place
and period end published within three days. `smoothed` from everything published since, `nowcast` from what was out the
day before.

To refit once a figure would take hours. So the figures are dealt into folds; the joint fit of the whole ledger is made
once a fold with the fold's statements (and what gives them away) silenced, so that mode, linearisation and standard
deviations do not know them; a figure is then predicted by exact conditioning of that linearised system, the other
figures of its fold back in, mixed over the sets of standard deviations that draws have, with the tails that draws have.
`--draws N` checks this on N figures against refits without them and the product's own draws.

Columns of the tables
    n            figures
    cover50/80/95  share inside the interval
    log score    mean log density of the log of the figure; higher is better
    crps         mean continuous ranked probability score of logs; lower is better
    width        median ratio of the upper to the lower end of the 80% interval
    error        median of |median - figure| / figure
    last year    median error of the same span a year before
    growth       the same times the newest growth that was known of the series
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path

from analysis.estimates import kept_fits, paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl
from left_out import VARIANTS, Statements, Target, described, figures, giveaways
from scipy.linalg import solve_triangular
from scipy.special import logsumexp
from scipy.stats import t as student

from analysis.core.sampling import Sampling
from analysis.estimates.inputs import inputs
from analysis.methods.reconstruction import Posterior
from analysis.methods.reconstruction.draws import BATCHES, SETS, TAIL_FREEDOM, TAIL_SCALE, theta_of_set
from analysis.methods.reconstruction.gain import statement_covariance
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.mode import DRAFT_ROUNDS, Mode, find_mode
from analysis.methods.reconstruction.structure import System
from analysis.sources.evidence import Evidence, Known
from analysis.sources.registers import HELD_OUT

#: Standard deviation, in logs, that makes a statement as good as silent.
SILENT = 30.0


def silenced(system: System, rows: np.ndarray) -> System:
    """Return the system with some statements as good as silent."""
    starts = np.cumsum([0, *(family.equations.y.size for family in system.families)])
    families = []
    for family, start, stop in zip(system.families, starts[:-1], starts[1:], strict=True):
        own = rows[(rows >= start) & (rows < stop)] - start
        noise = family.equations.noise.copy()
        noise[own] = SILENT
        equations = replace(family.equations, noise=noise) if own.size else family.equations
        families.append(replace(family, equations=equations))
    return replace(system, families=tuple(families))


def fold_mode(system: System) -> Mode:
    """Return the mode of a system from nothing, as a fit makes it."""
    return find_mode(system, start=find_mode(system, rounds=DRAFT_ROUNDS))


def smoothed(S: np.ndarray, d: np.ndarray, targets: list[Target]) -> tuple[np.ndarray, np.ndarray]:
    """Return error (log stated minus predicted) and standard deviation of each target given all but its group."""
    V = np.linalg.inv(S)
    w = V @ d
    error, sd = np.empty(len(targets)), np.empty(len(targets))
    for k, target in enumerate(targets):
        C = np.linalg.inv(V[np.ix_(target.group, target.group)])
        i = int(np.flatnonzero(target.group == target.position)[0])
        error[k], sd[k] = (C @ w[target.group])[i], np.sqrt(C[i, i])
    return error, sd


def nowcast(
    S: np.ndarray, d: np.ndarray, targets: list[Target], available: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the same given what was available before the day on which the target was published."""
    order = np.argsort(available, kind="stable")
    place = np.empty(d.size, dtype=int)
    place[order] = np.arange(d.size)
    ordered = S[np.ix_(order, order)]
    L = np.linalg.cholesky(ordered)
    v = solve_triangular(L, d[order], lower=True)
    error, sd = np.empty(len(targets)), np.empty(len(targets))
    for k, target in enumerate(targets):
        before = int(np.searchsorted(available[order], target.row["available_on"].toordinal()))
        j, inside = place[target.position], place[target.group]
        if j >= before and (inside >= before).all():
            loading, innovations = L[j, :before], v[:before]
        else:
            kept = np.setdiff1d(np.arange(before), inside)
            factor = np.linalg.cholesky(ordered[np.ix_(kept, kept)])
            right = np.column_stack([ordered[kept, j], d[order][kept]])
            loading, innovations = solve_triangular(factor, right, lower=True).T
        error[k] = d[target.position] - loading @ innovations
        sd[k] = np.sqrt(max(ordered[j, j] - loading @ loading, 1e-12))
    return error, sd


def predictions(
    posterior: Posterior, statements: Statements, targets: list[Target], folds: int, seed: int
) -> dict[str, np.ndarray]:
    """Return errors and standard deviations of all targets by variant: sets by 2 by targets."""
    system, count = posterior.system, BATCHES * SETS
    results = {variant: np.empty((count, 2, len(targets))) for variant in VARIANTS}
    fold = np.arange(len(targets)) % folds
    np.random.default_rng(seed).shuffle(fold)
    usual = np.concatenate([family.equations.noise for family in system.families])
    for number in range(folds):
        chosen = np.flatnonzero(fold == number)
        own = [targets[i] for i in chosen]
        removed = np.unique(np.concatenate([target.group for target in own]))
        without = silenced(system, removed)
        mode = fold_mode(without)
        d = np.concatenate([linear.d for linear in mode.joint.linear])
        for k in range(count):
            theta = theta_of_set(mode, seed, k)
            S = statement_covariance(JointGaussian(without, theta, mode.joint.linear))
            S[removed, removed] -= SILENT**2 - usual[removed] ** 2
            results["smoothed"][k, :, chosen] = np.transpose(smoothed(S, d, own))
            results["nowcast"][k, :, chosen] = np.transpose(nowcast(S, d, own, statements.available))
    return results


def scores(predicted: np.ndarray) -> pl.DataFrame:
    """Return the scores of each target: a mixture of Student's distributions over the sets."""
    error, sd = predicted[:, 0], predicted[:, 1] * TAIL_SCALE
    z = error / sd
    pit = student.cdf(z, TAIL_FREEDOM).mean(axis=0)
    log_density = logsumexp(student.logpdf(z, TAIL_FREEDOM) - np.log(sd), axis=0) - np.log(len(sd))
    widest = sd.max(axis=0)
    grid = np.concatenate([-np.geomspace(1e-3, 60, 300)[::-1], [0.0], np.geomspace(1e-3, 60, 300)])
    points = grid[:, None] * widest
    centre = error.mean(axis=0)
    # The stated log less the prediction is `error`, so the prediction lies at -error of the statement.
    cdf = student.cdf((points[:, None] + error - centre) / sd, TAIL_FREEDOM).mean(axis=1)
    step = (points >= centre).astype(float)
    crps = np.trapezoid((cdf - step) ** 2, points, axis=0)
    quantile = [np.array([np.interp(p, cdf[:, j], points[:, j]) for j in range(centre.size)]) for p in (0.1, 0.5, 0.9)]
    return pl.DataFrame(
        {
            "pit": pit,
            "log_score": log_density,
            "crps": crps,
            "width": np.exp(quantile[2] - quantile[0]),
            "width80": np.exp(quantile[2] - centre) - np.exp(quantile[0] - centre),
            "error": np.abs(np.exp(quantile[1] - centre) - 1),
            "sd": predicted[:, 1].mean(axis=0),
        }
    )


def checked(known: Known, rows: pl.DataFrame, count: int, seed: int) -> str:
    """Return how a refit without each of some figures, and the product's own draws, compare with the approximation."""
    chosen = rows.filter(pl.col("variant") == "smoothed").sample(count, seed=seed).sort("statement_id")
    facts = {row["statement_id"]: row for row in figures(known).iter_rows(named=True)}
    compared = []
    for row in chosen.iter_rows(named=True):
        figure = facts[row["statement_id"]]
        rest = known.evidence.statements.filter(
            ~pl.col("statement_id").is_in(list(giveaways(known.evidence.statements, figure)))
        )
        then = known.evidence.with_statements(rest).known(known.as_of)
        months = {"start": figure["period_start"].replace(day=1), "end": figure["period_end"].replace(day=1)}
        path = paths.reconstruct(then, row["series_id"], **months, sampling=Sampling(draws=400, seed=seed))
        low95, low, middle, high, high95 = np.quantile(
            path.total(figure["period_start"], figure["period_end"]), [0.025, 0.1, 0.5, 0.9, 0.975]
        )
        stated = figure["value"]
        compared.append(
            {
                "inside80": bool(low <= stated <= high),
                "inside95": bool(low95 <= stated <= high95),
                "error": float(abs(middle / stated - 1)),
                "log_width": float(np.log(high / low)),
                "approximate80": abs(row["pit"] - 0.5) <= 0.4,
                "approximate95": abs(row["pit"] - 0.5) <= 0.475,
                "approximate_error": row["error"],
                "approximate_log_width": float(np.log(row["width"])),
            }
        )
    table = pl.DataFrame(compared)
    shares = table.select(pl.selectors.boolean().mean().round(2)).row(0, named=True)
    medians = table.select(pl.selectors.float().median().round(4)).row(0, named=True)
    agree = table.select((pl.col("inside80") == pl.col("approximate80")).mean().round(2)).item()
    return f"{count} figures by refit and draws: {shares | medians}, the same verdict on 80% for {agree}"


def table(rows: pl.DataFrame, *keys: str) -> str:
    """Return the scores by keys, as a table in Markdown."""
    inside = [
        ((pl.col("pit") - 0.5).abs() <= level / 200).mean().round(2).alias(f"cover{level}") for level in (50, 80, 95)
    ]
    summary = rows.group_by(keys).agg(
        pl.len().alias("n"),
        *inside,
        pl.col("log_score").mean().round(3),
        pl.col("crps").mean().round(4),
        pl.col("width").median().round(3),
        pl.col("error", "last_year", "last_year_growth").median().round(3),
    )
    lines = [summary.columns, ["---"] * summary.width, *summary.sort(keys).iter_rows()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def against(rows: pl.DataFrame, other: pl.DataFrame) -> str:
    """Return the mean differences of the scores from those of another run, with standard errors by place."""
    keys = ["statement_id", "variant"]
    both = rows.join(other.select(*keys, "log_score", "crps", "width", "error"), on=keys, suffix="_other")
    lines = []
    for variant in VARIANTS:
        own = both.filter(pl.col("variant") == variant)
        for score in ("log_score", "crps"):
            gain = own.with_columns(gain=pl.col(score) - pl.col(f"{score}_other"))
            sums = gain.group_by("place").agg((pl.col("gain") - gain["gain"].mean()).sum())["gain"].to_numpy()
            se = np.sqrt((sums**2).sum()) / own.height
            lines.append(f"{variant} {score}: {gain['gain'].mean():+.4f} (s.e. by place {se:.4f}, n {own.height})")
        ratio = (own["width"].log() / own["width_other"].log()).median()
        lines.append(
            f"{variant} width of 80% in logs: {ratio:.3f} times (median), "
            f"medians {own['width'].log().median() / own['width_other'].log().median():.3f}"
        )
    return "\n".join(lines)


def bins(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the classes of the tables."""
    own, months = pl.col("own_figures"), pl.col("months_to_nearest")
    return rows.with_columns(
        own_within_a_year=_binned(own, [0, 2, 5], ["0", "1-2", "3-5", "6 or more"]),
        nearest=_binned(months, [1.5, 4, 8, 13, 36], ["< 1.5", "1.5-4", "4-8", "8-13", "13-36", "> 36"]),
    )


def record(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the register `held_out`."""
    inside = [
        ((pl.col("pit") - 0.5).abs() <= level / 200).cast(pl.Float64).alias(f"inside{level}") for level in (80, 95)
    ]
    numbers = pl.selectors.float().fill_nan(None).round(4)
    return (
        rows.with_columns(*inside, baseline="last_year_growth")
        .select(list(HELD_OUT.schema))
        .with_columns(numbers)
        .sort("statement_id", "variant")
    )


def _binned(number: pl.Expr, breaks: list[float], labels: list[str]) -> pl.Expr:
    """Return the label of the first break that a number does not exceed, the last one beyond all, in this order."""
    label: pl.Expr = pl.lit(labels[-1])
    for limit, name in reversed(list(zip(breaks, labels, strict=False))):
        label = pl.when(number <= limit).then(pl.lit(name)).otherwise(label)
    return label.cast(pl.Enum(labels))


def measure(known: Known, folds: int, seed: int) -> pl.DataFrame:
    """Return one row a figure and variant: what was known beside it, and how well it was predicted."""
    posterior = kept_fits.posterior(inputs(known))
    statements = Statements(known, posterior)
    targets = statements.targets(known)
    predicted = predictions(posterior, statements, targets, folds, seed)
    found = described(known, posterior, statements, targets)
    parts = []
    for variant in VARIANTS:
        about = found.filter(pl.col("variant") == variant)
        parts.append(about.with_columns(scores(predicted[variant]).get_columns()))
    return pl.concat(parts).filter("any_own")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--out", type=Path, help="where to write a row for each figure and variant, as CSV")
    parser.add_argument("--record", type=Path, help="where to write what the forecast record shows: data/held_out.csv")
    parser.add_argument("--against", type=Path, help="rows of another run to compare with")
    parser.add_argument("--draws", type=int, default=0, help="so many figures also by refit and draws")
    args, begin, known = parser.parse_args(), time.process_time(), Evidence.read().known()
    rows = measure(known, args.folds, args.seed)
    if args.out:
        rows.write_csv(args.out)
    if args.record:
        record(rows).write_csv(args.record)
    binned = bins(rows)
    print(f"{rows['statement_id'].n_unique()} figures, {time.process_time() - begin:.0f} s of the processor\n")
    print(table(binned, "variant"))
    for key in ("kind", "own_within_a_year", "nearest", "grouped", "from_2020"):
        print(table(binned, "variant", key), sep="\n\n")
    for variant in VARIANTS:
        pit = rows.filter(pl.col("variant") == variant)["pit"].to_numpy()
        print(variant, "PIT deciles", np.histogram(pit, 10, (0, 1))[0].tolist())
    if args.draws:
        print(checked(known, rows, args.draws, args.seed))
    if args.against:
        print(against(rows, pl.read_csv(args.against)))


if __name__ == "__main__":
    main()
