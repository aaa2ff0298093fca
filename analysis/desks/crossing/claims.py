"""Published capacities and promises of a gate against what has passed since."""

import datetime as dt
from typing import Any

import polars as pl

#: What a gate is said to be able to clear, or is limited to, in trucks a day.
CAPACITIES = (
    "checkpoint_capacity_trucks_per_day", "capacity_trucks_per_day", "capacity_vehicles_per_day",
    "planned_capacity_vehicles_per_day", "queue_system_limit_trucks_per_day",
)  # fmt: skip

#: What somebody said that it would clear.
PROMISES = ("target_trucks_per_day", "target_vehicles_per_day", "agreed_trucks_per_day")

#: What passed, or was let in, in trucks a day.
_PASSED = (
    "accepted_trucks_per_day", "vehicles_per_day", "vehicles_per_day_mean", "vehicles_per_day_peak",
    "vehicles_per_day_heavy", "traffic_against_capacity_vehicles_per_day", "trucks_per_day",
    "queue_system_limit_trucks_per_day", "vehicles_first_22_hours",
)  # fmt: skip

SCHEMA: dict[str, Any] = {
    "statement_id": pl.String, "port": pl.String, "parameter": pl.String, "value": pl.Float64,
    "unit": pl.String, "value_as_published": pl.String, "since": pl.Date, "kind": pl.String, "passed": pl.Float64,
    "passed_as_published": pl.String, "passed_id": pl.String, "passed_start": pl.Date, "passed_end": pl.Date,
    "verdict": pl.String,
}  # fmt: skip


def claims(figures: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Return each published capacity and promise with the most that passed on a day published for a time since.

    Parameters
    ----------
    figures
        What was published about the gate (`gate.figures_of`), both sides included.
    days
        What was published of vehicles a day (`traffic.published_days`).

    Returns
    -------
    DataFrame
        One row a claim, the oldest first: `statement_id, port, parameter, value` (trucks a day), `unit,
        value_as_published, since`, `kind` (`capacity` or `promise`), the most that passed since (`passed` in vehicles
        a day, `passed_as_published, passed_id, passed_start, passed_end`; null where nothing was published) and
        `verdict`: of a capacity `exceeded` or `not_exceeded`, of a promise `kept` or `not_kept`, `no_figure` where
        nothing was published since.
    """
    valid = figures.filter(pl.col("status") == "valid")
    made = valid.filter(pl.col("parameter").is_in([*CAPACITIES, *PROMISES])).sort("since", "value", "statement_id")
    passed = _passed(valid, days)
    rows = [_row(claim, passed) for claim in made.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=SCHEMA)


def _passed(valid: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Return everything published that passed on a day, from the register and from the ledger."""
    counted = valid.filter(pl.col("parameter").is_in(_PASSED)).select(
        "statement_id",
        "value_as_published",
        "port",
        a_day="value",
        start="since",
        end=pl.coalesce("period_end", "since"),
        parameter="parameter",
    )
    ledger = days.select(
        "statement_id",
        "value_as_published",
        pl.lit(None, dtype=pl.String).alias("port"),
        "a_day",
        start="period_start",
        end="period_end",
        parameter=pl.lit(""),
    )
    return pl.concat([counted, ledger]).sort("a_day", "statement_id", descending=[True, False])


def _row(claim: dict[str, Any], passed: pl.DataFrame) -> dict[str, Any]:
    kind = "promise" if claim["parameter"] in PROMISES else "capacity"
    since: dt.date = claim["since"]
    later = passed.filter((pl.col("end") >= since) & (pl.col("statement_id") != claim["statement_id"]))
    # The ledger counts vehicles of both directions, cars and empty trucks too: it says nothing about trucks one way.
    if "trucks" in claim["parameter"]:
        later = later.filter(pl.col("port").is_not_null())
    names = ("statement_id", "port", "parameter", "value", "unit", "value_as_published", "since")
    row = {name: claim[name] for name in names}
    if later.is_empty():
        return row | {"kind": kind, "verdict": "no_figure"}
    most = later.row(0, named=True)
    reached = most["a_day"] >= claim["value"]
    verdicts = {"capacity": ("not_exceeded", "exceeded"), "promise": ("not_kept", "kept")}
    return row | {
        "kind": kind,
        "passed": most["a_day"],
        "passed_as_published": most["value_as_published"],
        "passed_id": most["statement_id"],
        "passed_start": most["start"],
        "passed_end": most["end"],
        "verdict": verdicts[kind][reached],
    }
