"""What one more figure would be worth: the formula beside fits of a small ledger with that figure, and by hand."""

import datetime as dt

import numpy as np
import pytest

from analysis.desks.audit.worth import ROUNDING, usual_rounding, worth
from analysis.estimates import paths
from analysis.methods.information import narrowing
from tests.desks.audit.ledgers import line, read
from tests.evidence import known

SERIES = "port.freight_tonnes.total.rail"


def total(name: str, start: str, end: str, value: float) -> str:
    return line(name, value, f"{value:.0f}", period_start=start, period_end=end)


LEDGER = (
    total("y2020", "2020-01-01", "2020-12-31", 464_000), total("y2021", "2021-01-01", "2021-12-31", 520_000),
    total("h2021", "2021-01-01", "2021-06-30", 250_000), total("y2022", "2022-01-01", "2022-12-31", 480_000),
    total("q2022", "2022-01-01", "2022-03-31", 110_000), total("n2022", "2022-01-01", "2022-09-30", 350_000),
    total("q2023", "2023-01-01", "2023-03-31", 120_000),
)  # fmt: skip


def path(*more: str):
    return paths.reconstruct(
        known(read([*LEDGER, *more])), SERIES, start=dt.date(2020, 1, 1), end=dt.date(2023, 12, 1)
    )  # fmt: skip


def log_width(draws: np.ndarray) -> float:
    return float(np.diff(np.log(np.quantile(draws, [0.1, 0.9])))[0])


@pytest.fixture(scope="module")
def before():
    return path()


@pytest.mark.parametrize("start,end", [("2023-01-01", "2023-08-31"), ("2023-11-01", "2023-11-30")])
def test_the_formula_agrees_with_a_fit_of_one_statement_more(before, start, end):
    """The figure is the median of what the draws expect; both say by how much the year's 80% interval narrows."""
    said = before.total(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    after = path(total("new", start, end, round(float(np.median(said)))))
    narrowed = 1 - log_width(after.year(2023)) / log_width(before.year(2023))
    formula = narrowing(np.log(before.year(2023)), np.log(said)[:, None], noise=1e-6)[0]
    assert 0.2 < formula < 0.7
    assert formula == pytest.approx(narrowed, abs=0.1)


def totals_of(months: np.ndarray):
    """Return totals of two ports from draws by ports by months of 2024."""

    def totals(start: dt.date, end: dt.date) -> np.ndarray:
        return months[:, :, start.month - 1 : end.month].sum(axis=2)

    return totals


def two_ports(draws: int = 2000) -> np.ndarray:
    """Return a port whose months are known but for March, and one whose months all move together."""
    rng = np.random.default_rng(3)
    months = np.full((draws, 2, 12), 100.0)
    months[:, 0, 2] = np.exp(rng.normal(4.6, 0.4, draws))
    months[:, 1] *= np.exp(rng.normal(0, 0.3, draws))[:, None]
    return months


def test_a_known_month_is_worth_nothing_and_the_only_unknown_one_all():
    months = two_ports()
    region = months.sum(axis=(1, 2))
    table = worth(totals_of(months), [("a", "road"), ("b", "road")], region=region, month=dt.date(2024, 4, 1),
                  rounding=1e-6)  # fmt: skip
    assert table.height == 2 * (4 + 3)
    own = {(row["place"], row["what"], row["end"].month): row["own"] for row in table.iter_rows(named=True)}
    assert own["a", "month", 1] == own["a", "to_date", 2] == 0
    assert own["a", "month", 3] == pytest.approx(1, abs=0.01)
    assert own["a", "to_date", 4] == pytest.approx(1, abs=0.01)
    # All months of the second port are one random factor: any of them says all of its year.
    assert own["b", "month", 1] == pytest.approx(1, abs=0.01)
    by_port = {row["place"]: row["region"] for row in table.filter(what="to_date").iter_rows(named=True)}
    assert by_port["b"] > by_port["a"]


def test_a_port_through_which_nothing_may_have_passed_has_no_worth():
    months = two_ports(draws=50)
    months[0, 0] = 0
    table = worth(totals_of(months), [("a", "road"), ("b", "road")], region=months.sum(axis=(1, 2)),
                  month=dt.date(2024, 2, 1), rounding=0.001)  # fmt: skip
    assert table.filter(place="a")["own"].null_count() == 3
    assert table.filter(place="b")["own"].null_count() == 0


def test_rounding_is_half_the_last_digit_of_what_was_published():
    """Zeros at the end are rounding: of the seven the middle one is 350,000, known to 5,000, over the root of three."""
    assert usual_rounding(known(read(LEDGER)), "freight_tonnes") == pytest.approx(5_000 / 350_000 / 3**0.5)
    assert usual_rounding(known(read(LEDGER)), "vehicles") == ROUNDING
