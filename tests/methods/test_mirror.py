"""Mirror data: the figures of China and Kyrgyzstan in 2024 by hand, and what valuation can and cannot do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.growth import Range, ratio
from analysis.methods.mirror import CIF_FOB, asymmetry, difference, to_span

AT_106 = Range.exact(1.06)


def test_china_and_kyrgyzstan_in_the_first_quarter_of_2024():
    """Bne IntelliNews, 18 May 2024: totals of 4.82 and 1.63 billion dollars, of which 0.022 and 0.0188 go to China."""
    total, imports = Range.exact(4.82), Range.exact(0.022)
    mirrored, exports = Range.exact(1.63), Range.exact(0.0188)
    assert asymmetry(total, mirrored, importer=None).as_printed.value == pytest.approx(2.957, abs=1e-3)
    reported_exports, mirrored_imports = difference(total, imports), difference(mirrored, exports)
    assert (reported_exports.value, mirrored_imports.value) == pytest.approx((4.798, 1.6112))
    flow = asymmetry(reported_exports, mirrored_imports, importer="mirrored", cif_fob=AT_106)
    assert flow.valued.value == pytest.approx(3.157, abs=1e-3)
    assert flow.gap == pytest.approx(4.798 - 1.6112)
    assert flow.left == pytest.approx(4.798 - 1.52, abs=1e-3)
    assert flow.by_valuation == pytest.approx(1.52 - 1.6112, abs=1e-3)
    assert flow.left_share.value == pytest.approx(1 - 1.52 / 4.798, abs=1e-3)


def test_twelve_months_against_eleven_are_brought_together_first():
    """24.kg, 24 January 2025: 22.7 in 2024 by China, 5.1 to November by Kyrgyzstan; "almost four times"."""
    year, eleven = Range.exact(22.7), Range.exact(5.1)
    assert ratio(year, eleven).value == pytest.approx(4.451, abs=1e-3)
    assert ratio(to_span(year, months=12, wanted=11), eleven).value == pytest.approx(4.08, abs=1e-3)


def test_imports_cif_are_exports_fob_at_the_factor_of_the_imf():
    assert asymmetry(Range.exact(1.0), Range.exact(1.06), importer="mirrored", cif_fob=AT_106).valued.value == 1.0
    assert asymmetry(Range.exact(1.06), Range.exact(1.0), importer="reported", cif_fob=AT_106).valued.value == 1.0


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_valuation_widens_the_gap_of_a_neighbour_that_counts_imports(reported, mirrored):
    flow = asymmetry(Range.exact(reported), Range.exact(mirrored), importer="mirrored")
    assert flow.by_valuation <= 0
    assert flow.gap == pytest.approx(flow.by_valuation + flow.left, rel=1e-9, abs=1e-6)
    assert flow.valued.low <= flow.valued.value <= flow.valued.high
    assert flow.valued.value / flow.as_printed.value == pytest.approx(CIF_FOB.value)
