"""An aid plan: what was planned and reported, how plans of the past went, and what that says of this one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.sampling import Sampling
from analysis.desks.aid.points import ARRIVED, COMPLETED, DONE, STARTED, completion_points
from analysis.methods.completion import LEAST_PLANS, CompletionCurve, completion_curve
from analysis.methods.earned_value import EarnedValue, earned_value
from analysis.methods.proportions import Count
from analysis.methods.reference_class import LEAST, ReferenceClass, reference_class
from analysis.sources.evidence import Known

#: What a reader calls done: the last bills of a programme come in later.
ENOUGH = 0.95

#: Draws of plans to come.
SAMPLING = Sampling(draws=10_000, seed=1)

_PURPOSES = ("aid_funds_industry_cny", "aid_funds_livelihood_cny", "aid_funds_education_cny", "aid_funds_talent_cny",
             "aid_funds_ethnic_exchange_cny", "aid_funds_health_cny", "aid_funds_housing_cny",
             "aid_funds_housing_infrastructure_cny", "aid_funds_social_cny", "aid_funds_employment_cny",
             "aid_funds_parks_cny", "aid_funds_prefecture_cny")  # fmt: skip
_PEOPLE = ("relocated_households", "aid_beneficiaries", "aid_housing_households", "aid_housing_units", "aid_jobs",
           "aid_trained_persons", "aid_schools_water")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """An aid plan as published.

    Attributes
    ----------
    place, partner
        Who is aided, and by whom.
    start, end
        First and last day of its term.
    projects, funds_cny
        Planned projects and yuan; None where one was not published.
    ids
        The statements.
    """

    place: str
    partner: str
    start: dt.date
    end: dt.date
    projects: float | None
    funds_cny: float | None
    ids: tuple[str, ...]

    @property
    def cost_per_project(self) -> float | None:
        """Planned yuan a project."""
        return self.funds_cny / self.projects if self.projects and self.funds_cny else None

    def elapsed(self, day: dt.date) -> float:
        """Return the share of the term that has passed at the end of a day; above 1 after its end."""
        return ((day - self.start).days + 1) / ((self.end - self.start).days + 1)

    @property
    def years(self) -> float:
        """Length of the term."""
        return ((self.end - self.start).days + 1) / 365.25


@dataclass(frozen=True, eq=False)
class AidPortfolio:
    """Everything that an aid plan's page is made of.

    Attributes
    ----------
    plan
        The plan that is asked about.
    known
        All that was known by the cut-off.
    points
        Reports of plans of the past (`completion_points`).
    curves
        The curve of each kind of completion that has reports of three plans.
    batches
        One row a giver, place, span and kind (`planned` or `reported`): `place, partner, start, end, kind, funds_cny,
        projects, cost_per_project, ids`; money and projects as published, newest first.
    costs
        The class of cost per project of planned batches; None where fewer than three were published.
    purposes
        One row a purpose of a plan: `place, partner, start, end, indicator, value, statement_id`.
    people
        One row a statement about people who benefit: `place, partner, indicator, period_start, period_end, value,
        relation, value_as_published, unit, statement_id`.
    reported
        What was reported of the plan itself since its start: rows of the ledger.
    earned
        Earned value from returns of its projects; None where none were handed in.
    """

    plan: Plan
    known: Known
    points: pl.DataFrame
    curves: Mapping[str, CompletionCurve]
    batches: pl.DataFrame
    costs: ReferenceClass | None
    purposes: pl.DataFrame
    people: pl.DataFrame
    reported: pl.DataFrame
    earned: EarnedValue | None

    @cached_property
    def outlook(self) -> pl.DataFrame:
        """What plans of the past say of this one at each year's end, one year beyond its term included.

        `on`, `elapsed`, `what`, `lower`, `median`, `upper` (80%, shares), `chance` (that at least 95% is done),
        `even` (the share of the term, a straight line).
        """
        ends = [dt.date(year, 12, 31) for year in range(self.plan.start.year, self.plan.end.year + 2)]
        rows = [
            (day, self.plan.elapsed(day), what, *curve.interval(self.plan.elapsed(day), 80),
             curve.chance(self.plan.elapsed(day), ENOUGH), min(self.plan.elapsed(day), 1.0))
            for what, curve in self.curves.items()
            for day in ends
        ]  # fmt: skip
        names = ["on", "elapsed", "what", "lower", "median", "upper", "chance", "even"]
        return pl.DataFrame(rows, schema=names, orient="row")

    def count(self, what: str, day: dt.date) -> Count | None:
        """Return how many of the planned projects will be started or completed by a day: a beta-binomial count."""
        curve = self.curves.get(what)
        if curve is None or not self.plan.projects:
            return None
        return Count.of_shares(round(self.plan.projects), curve.draws(self.plan.elapsed(day), SAMPLING))

    @cached_property
    def completed_beside_done(self) -> pl.DataFrame:
        """The past plans that reported work done and projects completed on one day, the newest last.

        `plan`, `place`, `partner`, `on`, `done`, `completed` (shares), `ids`; of several reports the first.
        """
        keys = ["plan", "on"]
        done, completed = (
            self.points.filter(pl.col("what") == what).unique(keys, keep="first", maintain_order=True)
            for what in (DONE, COMPLETED)
        )
        both = done.join(completed, on=keys, suffix="_completed", validate="1:1", maintain_order="left")
        return both.select(
            "plan", "place", "partner", "on", done="share", completed="share_completed",
            ids=pl.concat_list("ids", "ids_completed"),
        ).sort("on", "plan")  # fmt: skip

    def years_late(self, what: str = DONE) -> tuple[float, float, float] | None:
        """Return the years after the term until 95% is done, 80%: lower end, median, upper end; below 0 is early."""
        curve = self.curves.get(what)
        if curve is None:
            return None
        terms = np.quantile(curve.terms_needed(ENOUGH, SAMPLING), [0.1, 0.5, 0.9])
        low, middle, high = ((float(one) - 1) * self.plan.years for one in terms)
        return low, middle, high

    @property
    def cost_rank(self) -> float | None:
        """Share of batches that cost less a project, as the class has it."""
        cost = self.plan.cost_per_project
        return None if self.costs is None or cost is None else 1 - self.costs.chance(cost)

    def statement_ids(self) -> list[str]:
        """Return the ids of every statement that the page rests on or names."""
        ids = [
            *self.plan.ids, *self.reported["statement_id"], *self.points["ids"].explode().drop_nulls(),
            *self.batches["ids"].explode().drop_nulls(), *self.purposes["statement_id"], *self.people["statement_id"],
        ]  # fmt: skip
        return list(dict.fromkeys(ids))


def aid_portfolio(known: Known, *, place: str, partner: str, returns: pl.DataFrame | None = None) -> AidPortfolio:
    """Return the newest aid plan of a giver for a place, and what plans of the past say of it.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place, partner
        Who is aided, and by whom, as the ledger has them.
    returns
        Real returns of the plan's projects, as `project_returns.read` gives them; None where none were handed in.

    Raises
    ------
    CoverageError
        If no plan of more than a year was published by then.
    ParameterError
        If the returns are illustrative.
    EvidenceError
        If the returns reach no month with a share done.
    """
    aid = known.statements.filter((pl.col("status") == "valid") & pl.col("same_as").is_null()).with_columns(
        pl.col("partner").fill_null("")
    )
    plan = _plan(aid, place, partner, known.as_of)
    points = completion_points(known)
    batches = _batches(aid)
    return AidPortfolio(
        plan=plan,
        known=known,
        points=points,
        curves=_curves(points),
        batches=batches,
        costs=_costs(known, batches, plan),
        purposes=_purposes(aid),
        people=_people(aid),
        reported=_reported(aid, plan),
        earned=None if returns is None else _earned(returns),
    )


def _plan(aid: pl.DataFrame, place: str, partner: str, as_of: dt.date) -> Plan:
    """Return the newest plan of more than a year."""
    own = aid.filter(
        (pl.col("place") == place) & (pl.col("partner") == partner)
        & pl.col("measure").is_in(("target", "plan_or_forecast"))
        & pl.col("indicator").is_in(("aid_funds_cny", "aid_projects"))
        & ((pl.col("period_end") - pl.col("period_start")).dt.total_days() > 366)
    ).sort("period_start", "available_on")  # fmt: skip
    if own.is_empty():
        raise CoverageError(
            f"No plan of {partner} for {place} of more than a year was published by {as_of}. "
            "Name another place and giver, or a later as-of date."
        )
    span = own.row(-1, named=True)
    same = own.filter((pl.col("period_start") == span["period_start"]) & (pl.col("period_end") == span["period_end"]))
    values = {row["indicator"]: (row["value"], row["statement_id"]) for row in same.iter_rows(named=True)}
    projects, funds = (values.get(name, (None, None)) for name in ("aid_projects", "aid_funds_cny"))
    ids = tuple(one for one in (projects[1], funds[1]) if one is not None)
    return Plan(place, partner, span["period_start"], span["period_end"], projects[0], funds[0], ids)


def _curves(points: pl.DataFrame) -> dict[str, CompletionCurve]:
    """Return the curve of each kind of completion with reports of enough plans at two times or more."""
    curves = {}
    for what in (ARRIVED, DONE, STARTED, COMPLETED):
        own = points.filter(pl.col("what") == what)
        if own["plan"].n_unique() >= LEAST_PLANS and own["elapsed"].n_unique() > 1:
            curves[what] = completion_curve(own)
    return curves


def _batches(aid: pl.DataFrame) -> pl.DataFrame:
    """Return money and projects of each giver, place and span, planned and reported apart."""
    planned = pl.when(pl.col("measure").is_in(("target", "plan_or_forecast"))).then(pl.lit("planned"))
    rows = aid.filter(
        pl.col("indicator").is_in(("aid_funds_cny", "aid_projects"))
        & pl.col("measure").is_in(("target", "plan_or_forecast", "level"))
    ).with_columns(kind=planned.otherwise(pl.lit("reported")))
    keys = ["place", "partner", "period_start", "period_end", "kind"]
    parts = [
        rows.filter(pl.col("indicator") == name)
        .sort("available_on", "statement_id", descending=True)
        .unique(keys, keep="first", maintain_order=True)
        .select(*keys, pl.col("value").alias(column), pl.col("statement_id").alias(f"{column}_id"))
        for name, column in (("aid_funds_cny", "funds_cny"), ("aid_projects", "projects"))
    ]
    both = parts[0].join(parts[1], on=keys, how="full", coalesce=True)
    return both.select(
        "place", "partner", start="period_start", end="period_end", kind="kind", funds_cny="funds_cny",
        projects="projects", cost_per_project=pl.col("funds_cny") / pl.col("projects"),
        ids=pl.concat_list("funds_cny_id", "projects_id").list.drop_nulls(),
    ).sort("end", "place", "partner", "kind", descending=[True, False, False, False], maintain_order=True)  # fmt: skip


def _costs(known: Known, batches: pl.DataFrame, plan: Plan) -> ReferenceClass | None:
    """Return the class of cost per project of other planned batches, by the kind of place."""
    kinds = known.places.areas.select("place", "kind")
    own = (pl.col("place") == plan.place) & (pl.col("partner") == plan.partner) & (pl.col("start") == plan.start)
    cases = (
        batches.filter(pl.col("cost_per_project").is_not_null() & (pl.col("kind") == "planned") & ~own)
        .drop("kind")
        .join(kinds, on="place", how="left")
        .select(
            case=pl.concat_str("partner", "place", pl.col("start").dt.year(), separator="."),
            kind=pl.col("kind").fill_null(""),
            ratio="cost_per_project",
        )
    )
    return reference_class(cases) if cases.height >= LEAST else None


def _purposes(aid: pl.DataFrame) -> pl.DataFrame:
    """Return planned money by purpose."""
    rows = aid.filter(pl.col("indicator").is_in(_PURPOSES) & pl.col("measure").is_in(("target", "plan_or_forecast")))
    return rows.select(
        "place", "partner", "indicator", "value", "statement_id", start="period_start", end="period_end"
    ).sort("end", "place", "value", descending=[True, False, True], maintain_order=True)


def _people(aid: pl.DataFrame) -> pl.DataFrame:
    """Return what was published of people who benefit, newest first."""
    names = ["place", "partner", "indicator", "period_start", "period_end", "value", "relation", "value_as_published",
             "unit", "measure", "statement_id"]  # fmt: skip
    rows = aid.filter(pl.col("indicator").is_in(_PEOPLE))
    order = ("period_end", "place", "indicator")
    return rows.select(names).sort(order, descending=[True, False, False], maintain_order=True)


def _reported(aid: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return what was reported of the plan itself since its start."""
    return aid.filter(
        (pl.col("place") == plan.place) & (pl.col("partner") == plan.partner)
        & pl.col("measure").is_in(("level", "share", "stock")) & (pl.col("period_start") >= plan.start)
        & pl.col("indicator").str.starts_with("aid_")
    ).sort("period_end", "statement_id")  # fmt: skip


def _earned(returns: pl.DataFrame) -> EarnedValue:
    """Return where the plan stands, summed over its projects, by month from the first one planned."""
    if returns["illustrative"].any():
        raise ParameterError("The project returns are illustrative and cannot stand beside facts. Hand in real ones.")
    months = sorted(set(returns["month"]))
    projects = returns.select(pl.col("project").unique(maintain_order=True))
    grid = pl.DataFrame({"month": months}).join(projects, how="cross")
    filled = (
        grid.join(returns, on=["project", "month"], how="left")
        .sort("project", "month")
        .with_columns(
            pl.col("planned_cny").forward_fill().over("project").fill_null(0.0),
            budget=pl.col("planned_cny").max().over("project"),
        )
    )
    planned = filled.group_by("month").agg(pl.col("planned_cny").sum()).sort("month")["planned_cny"].to_list()
    done = returns.filter(pl.col("share_done").is_not_null())
    if done.is_empty():
        raise EvidenceError(
            "No project returned a share done, so nothing was earned yet. Add share_done and spent_cny."
        )
    last = done.sort("month").unique("project", keep="last", maintain_order=True)
    budgets = filled.select("project", "budget").unique(maintain_order=True)
    earned = float((last.join(budgets, on="project").select(pl.col("share_done") * pl.col("budget"))).to_series().sum())
    at = months.index(max(done["month"])) + 1
    return earned_value([0.0, *planned], earned=earned, spent=float(last["spent_cny"].sum()), at=at)


__all__ = ["ARRIVED", "COMPLETED", "DONE", "ENOUGH", "STARTED", "AidPortfolio", "Plan", "aid_portfolio"]
