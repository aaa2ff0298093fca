"""Properties: a ledger made from a true path never contradicts itself, one wrong figure among many is found."""

import datetime as dt

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.desks.audit.ledgers import HEADER, contradicting, line

YEARS = (2021, 2022)

#: Half months: a figure "to the 15th" cuts a month.
HALVES = [(year, month, half) for year in YEARS for month in range(1, 13) for half in (0, 1)]

FLOWS = {"import": ("import",), "export": ("export",), "total": ("import", "export")}


def day(index: int, *, last: bool) -> dt.date:
    year, month, half = HALVES[index]
    if not last:
        return dt.date(year, month, 16 if half else 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1) if half else dt.date(year, month, 15)


flows = st.lists(st.integers(0, 99_999), min_size=len(HALVES), max_size=len(HALVES))
truths = st.fixed_dictionaries({"import": flows, "export": flows})
spans = st.tuples(st.integers(0, len(HALVES) - 1), st.integers(0, len(HALVES) - 1)).map(
    lambda pair: tuple(sorted(pair))
)
kinds = st.sampled_from(
    ["level", "level", "level", "yoy_growth", "gt", "lt", "approx", "daily_average", "milestone", "over a day"]
)
statements = st.lists(st.tuples(st.sampled_from([*FLOWS]), spans, kinds, st.integers(0, 3)), min_size=2, max_size=14)


def cells(flow: str, span: tuple[int, int]) -> dict[str, str]:
    return {
        "flow": flow,
        "indicator": "trade_value_cny",
        "unit": "CNY",
        "period_start": f"{day(span[0], last=False)}",
        "period_end": f"{day(span[1], last=True)}",
    }


def total(truth: dict[str, list[int]], flow: str, span: tuple[int, int]) -> int:
    return sum(sum(truth[part][span[0] : span[1] + 1]) for part in FLOWS[flow])


def said(
    truth: dict[str, list[int]], index: int, flow: str, span: tuple[int, int], kind: str, zeros: int
) -> str | None:
    """Return a true statement about a path, rounded as it would be printed; None where there is none of its kind."""
    figure, words = total(truth, flow, span), cells(flow, span)
    rounded = round(figure / 10**zeros) * 10**zeros
    if kind == "yoy_growth":
        base = total(truth, flow, (span[0] - 24, span[1] - 24)) if span[0] >= 24 else 0
        if not base or figure > 9 * base or figure < base / 9:
            return None
        rate = round(figure / base - 1, 3)
        return line(f"s{index:02}", rate, f"{rate:+.1%}", **words | {"measure": "yoy_growth", "unit": "fraction"})
    days = (day(span[1], last=True) - day(span[0], last=False)).days + 1
    if kind == "milestone":  # passed on the last day, with less than half of it to come
        passed = round(figure * (1 - 0.4 / days))
        return line(f"s{index:02}", passed, str(passed), **words | {"relation": kind}) if passed > 9 * days else None
    if kind == "over a day":  # a mean rounded to two digits, up or down, and called over
        average = float(f"{figure / days:.1e}")
        loose = words | {"measure": "daily_average", "relation": "gt"}
        return line(f"s{index:02}", average, f"{average:.0f}", **loose) if average >= 10 else None
    if kind == "daily_average":
        average = round(figure / days)
        return (
            line(f"s{index:02}", average, str(average), **words | {"measure": kind, "unit": "CNY"}) if average else None
        )
    if kind in ("gt", "lt"):
        bound = figure // 10**zeros * 10**zeros + (0 if kind == "gt" else 10**zeros)
        return line(f"s{index:02}", bound, str(bound), **words | {"relation": kind})
    return line(f"s{index:02}", rounded, str(rounded), **words | ({"relation": kind} if kind == "approx" else {}))


def ledger_of(truth: dict[str, list[int]], stated: list[tuple[str, tuple[int, int], str, int]]) -> list[str]:
    lines = (said(truth, index, *one) for index, one in enumerate(stated))
    return [row for row in lines if row is not None]


@settings(max_examples=40)  # each solves some twenty linear programmes
@given(truths, statements)
def test_a_ledger_made_from_a_true_path_never_contradicts_itself(truth, stated):
    lines = ledger_of(truth, stated)
    assert not lines or contradicting(lines).is_empty()


@settings(max_examples=30)
@given(truths, statements, spans, st.integers(3, 10_000), st.sampled_from([-1, 1]), st.sampled_from([*FLOWS]))
def test_a_figure_off_beyond_its_rounding_is_found_where_others_fix_it(truth, stated, span, off, side, wrong):
    figures = {flow: total(truth, flow, span) for flow in FLOWS}
    figures[wrong] = max(figures[wrong] + side * off, 0)
    if abs(figures["total"] - figures["import"] - figures["export"]) < 3:
        return  # a wrong figure that others still allow
    exact = [line(flow, figure, f"{figure}.0", **cells(flow, span)) for flow, figure in figures.items()]
    found = contradicting([*ledger_of(truth, stated), *exact])
    assert found.height == 1  # without the wrong figure all is true
    assert wrong in found["statement_ids"][0].split(";")


#: Many figures of the same flow, of which one is then far off: nearly every such ledger contradicts itself.
crowded = st.lists(st.tuples(st.just("total"), spans, kinds, st.integers(0, 1)), min_size=10, max_size=14)


@settings(max_examples=12)  # each audits every set without each of its members
@given(truths, crowded, st.integers(0, 9), st.floats(20, 200))
def test_no_member_of_a_reported_set_is_superfluous(truth, stated, which, factor):
    lines = {row.partition(",")[0]: row for row in ledger_of(truth, stated)}
    assume(len(lines) > which)
    wrong = [*lines][which]
    row = dict(zip(HEADER.split(","), lines[wrong].split(","), strict=True))
    row |= {"value": f"{abs(float(row['value'])) * factor:.6g}", "value_as_published": ""}
    lines[wrong] = ",".join(row.values())
    sets = contradicting(lines.values())["statement_ids"]
    assume(len(sets))
    for ids in sets:
        members = ids.split(";")
        assert contradicting(lines[name] for name in members).height == 1
        for left_out in members:
            rest = [lines[name] for name in members if name != left_out]
            assert contradicting(rest).is_empty()
