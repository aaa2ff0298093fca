"""The columns of a ledger: which every ledger has, which a full one adds, which reading derives."""

import polars as pl

#: The columns that every ledger has, in the order in which a minimal one is written.
REQUIRED = pl.Schema(
    {
        "statement_id": pl.String,
        "series_id": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "measure": pl.String,
        "relation": pl.String,
        "value": pl.Float64,
        "unit": pl.String,
        "value_as_published": pl.String,
        "publisher": pl.String,
        "published_on": pl.Date,
    }
)

#: The columns that a full ledger adds; null where a minimal one has none.
OPTIONAL = pl.Schema(
    {
        "place": pl.String,
        "indicator": pl.String,
        "flow": pl.String,
        "mode": pl.String,
        "partner": pl.String,
        "url": pl.String,
        "published_on_precision": pl.String,
        "same_as": pl.String,
        "supersedes": pl.String,
        "status": pl.String,
        "note": pl.String,
        "note_zh": pl.String,
    }
)

#: The columns that reading adds: `line` in the file; `available_on`, the day from which the statement may be
#: used; `available_imputed`, whether that day is a rule's and not the publisher's; `half_width`, the rounding
#: half-width in the unit of `value`; `rounding_from`, `printed`, `value`, or `day` for a milestone.
DERIVED = pl.Schema(
    {
        "line": pl.Int64,
        "available_on": pl.Date,
        "available_imputed": pl.Boolean,
        "half_width": pl.Float64,
        "rounding_from": pl.String,
    }
)

#: The cells that no statement can leave empty.
FILLED = ("statement_id", "series_id", "period_start", "period_end", "measure", "relation", "value", "unit")
