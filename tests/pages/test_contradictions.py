"""Every page of the packs is read for contradictions; planted ones are found, each by its rule."""

import dataclasses
from pathlib import Path

import nbformat
import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks import aid, park, port
from analysis.desks.track_record.held_out import held_out, own_figures, with_own_figures
from analysis.pages.aid import header as aid_header
from analysis.pages.aid import sentences as aid_sentences
from analysis.pages.aid import tables as aid_tables
from analysis.pages.park import header, sentences, tables
from analysis.pages.parts import media_types
from analysis.pages.words.cells import Both, Number
from analysis.publishing.edition.packs import load
from analysis.runtime.folders import ROOT
from tests.evidence import bundled
from tests.pages import contradictions as rules
from tests.pages.contradictions import Page, contradictions, notebook_page, port_page

EDITIONS = ("2023-11", "2025-12")
PORTS = [report.parameters for report in load("monthly").reports if "mode" in report.parameters]


@pytest.fixture(scope="module", params=EDITIONS)
def pages(request) -> dict[str, Page]:
    """The pages of the monthly pack in one edition."""
    edition = Edition.of(request.param)
    made = {
        str(of["place"]): port_page(
            port.outlook(bundled(), place=str(of["place"]), mode=str(of["mode"]), edition=edition)
        )
        for of in PORTS
    }
    return made | {"park": park_page(edition), "aid": aid_page(edition)}


def park_page(edition: Edition) -> Page:
    known = bundled().known(edition.as_of)
    found = park.park_output(known, park="kezhou_jiangsu_park", year=2023, economy="kezhou", port="irkeshtam")
    record = header.page_header(found, edition=edition)._repr_mimebundle_()[media_types.RECORD]
    return Page(f"park {edition}", record, sentences.summary(found).items, (tables.facts(found), tables.peers(found)))


def aid_page(edition: Edition) -> Page:
    found = aid.aid_portfolio(bundled().known(edition.as_of), place="wuqia", partner="changzhou")
    record = aid_header.page_header(found, edition=edition)._repr_mimebundle_()[media_types.RECORD]
    shown = (aid_tables.outlook(found), aid_tables.batches(found), aid_tables.people(found))
    return Page(f"aid {edition}", record, aid_sentences.summary(found).items, shown)


def test_no_page_of_the_pack_contradicts_itself(pages):
    assert [found for page in pages.values() for found in contradictions(page)] == []


@pytest.mark.parametrize("path", sorted(Path(ROOT, "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_stored_notebook_contradicts_itself(path: Path):
    assert contradictions(notebook_page(nbformat.read(path, as_version=4), path.stem)) == []


def test_every_pack_is_read():
    """The monthly pack's ports, parks and aid; the notebooks of the others, whose defaults are those of their packs."""
    packs = ("monthly", "record", "parks", "park_returns")
    names = {report.notebook.stem for pack in packs for report in load(pack).reports}
    assert names == {"port_outlook", "park_output", "aid_portfolio", "park_returns", "forecast_record"}
    assert names <= {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


@pytest.fixture(scope="module")
def torugart() -> Page:
    """The page whose newest total is another office's count, above the lower end of the interval."""
    return port_page(port.outlook(bundled(), place="torugart", mode="road", edition=Edition.of("2025-12")))


def saying(page: Page, english: str, chinese: str = "") -> Page:
    """Return a page that says this instead of its sentences."""
    return dataclasses.replace(page, sentences=(Both(english, chinese),))


def within(page: Page, **columns: object) -> Page:
    """Return a page of the same words whose result is another one."""
    return dataclasses.replace(page, outlook=dataclasses.replace(page.outlook, **columns))


def test_a_count_above_the_interval_must_be_named(torugart):
    """203万吨 of carriers against an interval that begins below them."""
    low = torugart.outlook.years.with_columns(lower80=pl.min_horizontal("lower80", pl.lit(1.9e6)))
    below = within(torugart, years=low)
    assert list(rules.counted_against_intervals(below)) == []
    assert list(rules.counted_against_intervals(saying(below, "The newest say 203万吨.")))
    own = torugart.outlook.published.with_columns(count=None)
    assert list(rules.counted_against_intervals(within(below, published=own)))


def test_nothing_is_not_said_above_sources(torugart):
    planted = saying(torugart, "Nothing about 2025 was published by 31 December 2025.")
    assert list(rules.nothing_against_sources(planted))
    assert list(rules.nothing_against_sources(torugart)) == []


def test_the_newest_may_not_be_skipped(torugart):
    assert list(rules.newest_against_evidence(saying(torugart, "The newest say 70万吨 for January-May 2025.")))


def test_a_comparison_is_not_refused_where_a_table_makes_it(torugart):
    english, chinese = "2025 is not compared with 2024, not known well enough", "2024年所知不足，2025年不与之比较"
    found = list(rules.comparisons_made_against_refused(saying(torugart, english, chinese)))
    assert len([one for one in found if "[2024]" in one]) == 2, "by the tables of growth and of comparisons"


@pytest.mark.parametrize(
    "english, chinese",
    [
        ("It is about even (34%) that 2025 passes 2024.", ""),
        ("The chance is about even (34%) that 2025 passes 2024.", ""),
        ("", "2025年超过2024年全年（公布数，1万吨）的可能性约为一半（概率34%）。"),
        ("It is very likely (100%) that 2025 passes 2024.", ""),
        ("It is very unlikely (0%) that 2025 passes 2024.", ""),
    ],
)
def test_words_differ_from_no_number_beside_them(torugart, english, chinese):
    assert list(rules.words_against_numbers(saying(torugart, english, chinese)))


def test_the_languages_print_the_same_numbers(torugart):
    one, other = Number("2.1", "2.1", (2.1,)), Number("2.2", "2.2", (2.2,))
    assert list(rules.one_language_against_the_other(saying(torugart, (one,), (other,))))
    assert list(rules.one_language_against_the_other(saying(torugart, "in 2024", "2025年")))


def test_a_first_look_is_no_revision_and_no_estimate_final(torugart):
    for status in ("revised", "final"):
        planted = dataclasses.replace(torugart, record=torugart.record | {"status": status})
        assert list(rules.status_against_first_look(planted))


def test_the_sentence_has_the_coverage_of_the_header(torugart):
    planted = dataclasses.replace(torugart, record=torugart.record | {"coverage": 0.9})
    assert list(rules.coverage_against_sentence(planted))


def test_an_estimated_base_is_called_estimated_and_a_published_one_keeps_its_digits(torugart):
    assert list(rules.bases_against_figures(saying(torugart, "2025 passes the total of 2024, 1.35 million tonnes.")))
    chances = torugart.outlook.chances.with_columns(base=pl.lit("published"), value=pl.lit(12_084_000.0))
    printed = within(saying(torugart, "", "公布数，1210万吨"), chances=chances)
    assert list(rules.bases_against_figures(printed))


def test_a_target_of_a_year_that_is_over_needs_nothing():
    page = park_page(Edition.of("2025-12"))
    assert list(rules.hindsight_against_needs(page)) == []
    said = "The park was expected to produce 725 million yuan in 2023; none. The target needs 60 million yuan a month."
    assert list(rules.hindsight_against_needs(saying(page, said, "需月均6042万元")))


def test_intervals_are_not_promised_without_their_record(torugart):
    promise = "The truth lies in an 80% interval four times in five, in a 95% interval nineteen times in twenty."
    planted = dataclasses.replace(torugart, record=torugart.record | {"intervals": promise})
    assert list(rules.intervals_against_record(planted))
    known, series = torugart.outlook.known, torugart.outlook.series_id
    tried = with_own_figures(held_out(known).filter(variant="nowcast", kind="freight"), own_figures(known, series))
    share = f"{100 * tried['inside80'].mean():.0f}%"
    assert f"of {len(tried)} put from what was known the day before, {share} lay" in torugart.record["intervals"]
