"""What is kept of a fit and its paths is what would be made, and any changed input makes it anew."""

import datetime as dt

import pytest

from analysis.core.sampling import Sampling
from analysis.estimates import kept_fits, paths
from analysis.runtime.cache import VARIABLE, fingerprint
from analysis.sources import ledger
from tests.evidence import known
from tests.sources.ledger import ledgers

ROWS = [
    ledgers.row(statement_id=f"{port}{year}", series_id=port, period_start=f"{year}-01-01", period_end=f"{year}-12-31",
                value=value, value_as_published=value, published_on=f"{year + 1}-01-20")
    for port, value in (("gate", 12_000), ("pass", 7_000)) for year in (2021, 2022)
]  # fmt: skip


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Return a function that reconstructs one series with an empty memory, and counts the fits made."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    statements = ledger.read(ledgers.write(tmp_path, *ROWS))
    fit, fits = kept_fits._fit, []
    monkeypatch.setattr(kept_fits, "_fit", lambda inputs: fits.append(1) or fit(inputs))

    def reconstruct(name="gate", *, rows=statements, forget=True, **options):
        if forget:
            kept_fits._fits.clear()
        fits.clear()
        day, seed = options.pop("as_of", dt.date(2023, 6, 30)), options.pop("seed", 1)
        chosen = {"end": dt.date(2023, 12, 1), "sampling": Sampling(draws=40, seed=seed)} | options
        return fingerprint(paths.reconstruct(known(rows, day), name, **chosen)), len(fits)

    return reconstruct


def test_the_same_question_is_answered_from_memory_with_the_same_bits(ask, monkeypatch):
    first, made = ask()
    assert made == 1
    assert ask() == (first, 0)
    assert ask("pass", forget=False)[1] == 0
    monkeypatch.setenv(VARIABLE, "off")
    assert ask() == (first, 1)


def test_the_fit_is_shared_by_series_and_draws_but_by_no_other_input(ask, monkeypatch):
    first, _ = ask()
    assert ask("pass")[1] == 0
    drawn, made = ask(seed=2)
    assert made == 0
    assert drawn != first
    assert ask(as_of=dt.date(2022, 6, 30))[1] == 1
    assert ask(end=dt.date(2030, 12, 1))[1] == 1
    monkeypatch.setattr(kept_fits, "code", lambda: "other code")
    assert ask() == (first, 1)


def test_changed_evidence_invalidates_what_is_kept(ask, tmp_path):
    first, _ = ask()
    revised = ledgers.row(
        statement_id="more", series_id="pass", period_start="2023-01-01", period_end="2023-03-31", value=1500,
        value_as_published=1500, published_on="2023-04-20",
    )  # fmt: skip
    more = ledger.read(ledgers.write(tmp_path, *ROWS, revised))
    assert ask(rows=more)[1] == 1
    assert ask() == (first, 0)


def test_paths_of_other_months_rest_on_the_same_fit(ask):
    whole, _ = ask()
    shorter, fits = ask(end=dt.date(2023, 6, 1))
    assert fits == 0
    assert shorter != whole


@pytest.mark.parametrize("layer", ["core", "sources", "methods", "estimates", "desks", "pages", "publishing", "cli"])
def test_only_an_edit_of_what_makes_a_fit_makes_it_anew(layer, tmp_path, monkeypatch):
    edited = tmp_path / layer / "edited.py"
    edited.parent.mkdir()
    edited.write_text("X = 1", encoding="utf-8")
    monkeypatch.setattr(kept_fits, "PACKAGE", tmp_path)
    before = kept_fits.code.__wrapped__()
    edited.write_text("X = 2", encoding="utf-8")
    assert (kept_fits.code.__wrapped__() != before) == (layer in {"core", "sources", "methods"})
