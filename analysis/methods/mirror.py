"""One flow as two customs count it: ratio, what valuation explains, what is left (docs/methods/mirror_data.md)."""

from dataclasses import dataclass

from analysis.methods.growth import Range, ratio

#: Imports with freight and insurance (CIF) by exports free on board (FOB): least, usual, most. The usual one is that of
#: the IMF's Direction of Trade Statistics; no factor was published for the borders of Central Asia.
CIF_FOB = Range(1.00, 1.06, 1.10)

#: Spans are brought together in proportion to their months where they differ by at most so many.
MOST_MONTHS_APART = 2


@dataclass(frozen=True)
class Asymmetry:
    """How far apart two counts of one flow are, in the unit of the figures.

    Attributes
    ----------
    as_printed
        Reported by mirrored, as both were printed.
    valued
        Reported by mirrored, the importer's figure brought to FOB; as printed for both directions together.
    gap
        Reported less mirrored, as printed.
    by_valuation
        The part of the gap that valuation makes: negative where it hides some of what is missing.
    left
        The rest of the gap.
    left_share
        The rest as a share of what was reported.
    """

    as_printed: Range
    valued: Range
    gap: float
    by_valuation: float
    left: float
    left_share: Range


def asymmetry(reported: Range, mirrored: Range, *, importer: str | None, cif_fob: Range = CIF_FOB) -> Asymmetry:
    """Compare two counts of one flow over the same span.

    Parameters
    ----------
    reported, mirrored
        The two figures, above zero and in one unit.
    importer
        Whose figure is that of imports, with freight and insurance: `reported` or `mirrored`; None for both directions
        together, which valuation leaves alone.
    cif_fob
        Factor by which imports are dearer than the exports that they are.
    """
    fob = {
        "reported": (ratio(reported, cif_fob), mirrored),
        "mirrored": (reported, ratio(mirrored, cif_fob)),
        None: (reported, mirrored),
    }[importer]
    valued = ratio(*fob)
    gap, left = reported.value - mirrored.value, fob[0].value - fob[1].value
    return Asymmetry(
        as_printed=ratio(reported, mirrored),
        valued=valued,
        gap=gap,
        by_valuation=gap - left,
        left=left,
        left_share=Range(1 - 1 / valued.low, 1 - 1 / valued.value, 1 - 1 / valued.high),
    )


def to_span(total: Range, *, months: int, wanted: int) -> Range:
    """Return a total of some months in proportion to fewer, every month alike."""
    return Range(*(end * wanted / months for end in total))


def difference(total: Range, part: Range) -> Range:
    """Return what is left of a total without one of its parts."""
    return Range(total.low - part.high, total.value - part.value, total.high - part.low)
