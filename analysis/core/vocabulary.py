"""The words of the tables: measures, relations, statuses, frequencies.

SDMX words in lower case where SDMX has one. Every layer may import this module; it imports none.
"""

#: Measures that compare the flow of a span with that of another one.
GROWTH_MEASURES = ("yoy_growth", "mom_growth", "growth_vs_2019", "growth_vs_prev_full_year")

#: Measures that state the mean flow a day or a month of a span.
AVERAGE_MEASURES = ("daily_average", "monthly_average")

#: Measures that state a level: a flow over a span, or the mean flow a day or a month of it. Growth alone fixes no flow.
LEVEL_MEASURES = ("level", *AVERAGE_MEASURES)

#: Measures that state what happened and may enter a likelihood. A share enters only if the ledger knows its whole.
EVIDENCE_MEASURES = (*LEVEL_MEASURES, *GROWTH_MEASURES, "share")

#: Measures that state what somebody expected, planned or aimed at: compared with outcomes, never used as evidence.
EXPECTATION_MEASURES = ("expected", "target", "plan_or_forecast")

#: Measures that are kept, cited and audited, but that no method uses.
OTHER_MEASURES = (
    "stock", "daily_peak", "avg_annual_growth", "growth_vs_2010", "growth_vs_prev_plan",
)  # fmt: skip

MEASURES = EVIDENCE_MEASURES + EXPECTATION_MEASURES + OTHER_MEASURES

#: Columns that identify a quantity: rows equal in all of them speak of the same number, and may disagree about it.
QUANTITY_COLUMNS = ("series_id", "period_start", "period_end", "measure", "unit")

#: Columns that identify a fact: rows equal in all of them state the same number about the same quantity.
FACT_COLUMNS = (*QUANTITY_COLUMNS, "relation", "value")

#: `eq`: the figure as rounded; `approx`: "about"; `gt`: "over"; `lt`: "under"; `milestone`: the total passed the figure
#: on the last day of the period ("the 8,000th train on 27 October").
RELATIONS = ("eq", "approx", "gt", "lt", "milestone")

#: Relations of a figure, not of a bound: the total is the figure up to an error.
FIGURE_RELATIONS = ("eq", "approx", "milestone")

#: Relations of a bound.
BOUND_RELATIONS = ("gt", "lt")

#: `mis-entered` rows are dropped at every date; `source wrong` and `doubtful` rows reach no likelihood.
STATEMENT_STATUSES = ("valid", "mis-entered", "source wrong", "doubtful")

PRECISIONS = ("day", "month", "year", "unknown")

#: How a value was made.
OBS_STATUSES = ("reported", "derived", "estimated", "forecast", "closed")

FREQUENCIES = ("M", "A", "Q", "W")

#: Festivals around which the trade of a place pauses, each with a register of its days.
FESTIVALS = ("spring_festival",)

#: How figures are counted at a place, where it is not in thousands: `wan` in ten thousands (万).
COUNTING = ("wan",)
