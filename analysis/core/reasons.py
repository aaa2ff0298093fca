"""Why something was not used, drawn or computed: a code with facts, and its sentence in plain English.

Every reason that a page can show is one of `REASONS`; its Chinese words stand in `analysis.pages.words.reasons`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode


class Wording(NamedTuple):
    """The English words of a reason, with its facts in braces, and the names of these facts."""

    english: str
    facts: tuple[str, ...] = ()


REASONS: Mapping[str, Wording] = {
    # Why a period is not drawn, compared or split.
    "no_figure": Wording("no figure was published for the year"),
    "only_bound": Wording("only a bound was published for the year"),
    "wide_interval": Wording("its 80% interval is too wide"),
    "no_year_total": Wording("no total of any year shown was published"),
    "wide_base": Wording(
        "the total of {year} is not known well enough: its 80% interval reaches beyond 1 to 1.5", ("year",)
    ),
    "flows_not_published": Wording("imports and exports were not published for both years"),
    "always_closed": Wording("the port was closed throughout the stated period"),
    "no_mirror": Wording("no flow was published by both customs for the same days"),
    # Why a statement is not used.
    "repeats": Wording("repeats {statement}", ("statement",)),
    "judged": Wording("judged {status}", ("status",)),
    "expectation": Wording("an expectation: compared with the outcome, never evidence of it"),
    "not_read": Wording("not read by this method, or said by another row"),
    "contradicted": Wording("contradicted by {statement}", ("statement",)),
    "nothing_passed": Wording("nothing passed in the stated period, or in the one it is compared with"),
    "withheld": Wording("{statements} contradict each other, and nothing says which of them is right", ("statements",)),
    "no_comparable_level": Wording("no level is known that it could be compared with"),
    "not_positive": Wording("the figure is zero or less, and the method works on logarithms"),
    # Why a series has no path.
    "nothing_published": Wording("Nothing in the ledger was published by {day}. Ask for a later date.", ("day",)),
    "nothing_valid": Wording(
        "No statement by {day} is evidence: each is doubtful, wrong or an expectation. Add a valid row to the ledger.",
        ("day",),
    ),
    "nothing_usable": Wording(
        "Nothing usable about {series} was published by {day}. Add a valid row to the ledger, or ask for a later date.",
        ("series", "day"),
    ),
    "no_statement": Wording(
        "No statement reaches the months asked for. Ask for other months, or add statements about them to the ledger."
    ),
    "no_level": Wording(
        "{series} has no usable level by this date. Add one to the ledger or ask for a later date.", ("series",)
    ),
    "only_zeros": Wording(
        "Of {series} only zeros are known by this date. Add a level above zero to the ledger, ask for the years of the "
        "zeros alone, or ask for a later date.",
        ("series",),
    ),
    "no_flow": Wording(
        "{series} is no flow of months, such as tonnes, vehicles or trade, so it has no monthly path. Name a flow.",
        ("series",),
    ),
    "contradiction": Wording(
        "The statements of {series} contradict each other, {statement} most of all. Mark the wrong one in the ledger's "
        "status column, or add the row that supersedes it.",
        ("series", "statement"),
    ),
    "all_withheld": Wording(
        "What was published about {series} contradicts itself ({statements}) and is withheld, and what is left fixes "
        "no level. Mark the wrong statement in the ledger's status column, or add the row that supersedes it.",
        ("series", "statements"),
    ),
    "none_usable": Wording(
        "Nothing that was published about {series} by {day} may be used: each statement is doubtful, wrong at its "
        "source, an expectation, or of a measure that no method reads. Look at its row in the ledger.",
        ("series", "day"),
    ),
    # Why a monthly table has no model, no sum or no record.
    "no_season": Wording("no season was asked for"),
    "few_months": Wording("{count} months have a figure, and the model needs {needed}", ("count", "needed")),
    "zero_month": Wording("{month} is zero, and the model works on logarithms", ("month",)),
    "gap_month": Wording("{month} has no figure, and the method needs every month", ("month",)),
    "not_yearly": Wording("X-13 is specified for a season of 12 months, not of {season}", ("season",)),
    "x13_absent": Wording("X-13 is not installed on this machine"),
    "method_refuses": Wording("the method refuses the series: {words}", ("words",)),
    "reconstructed": Wording("the months are reconstructed, not published"),
    "one_series": Wording("only one series is shown"),
    "units_differ": Wording("the series are counted in different units"),
    "ends_differ": Wording("the series end in different months"),
    "no_past": Wording("the table is too short for forecasts from past months"),
    # Why there is no probability of a target.
    "not_measured": Wording("not measured: no return published"),
    # Why a gate has no capacity, no traffic or no model.
    "no_vehicles": Wording("what was published by {day} fixes no number of vehicles", ("day",)),
    "gate_not_published": Wording("lanes or opening hours were not published"),
    "minutes_not_published": Wording("the minutes of an inspection were not published"),
    "never_measured": Wording("no measurement was published by {day}", ("day",)),
    "gate_of_later_year": Wording("the published lanes and minutes are those of {year}", ("year",)),
}


@dataclass(frozen=True, init=False)
class Reason:
    """A reason: its code and the facts that it names; `str` gives the English sentence.

    Attributes
    ----------
    code
        One of `REASONS`.
    facts
        Pairs of the name of a fact and the fact as text (days as YYYY-MM-DD), in the order of `REASONS`.
    """

    code: str
    facts: tuple[tuple[str, str], ...]

    def __init__(self, code: str, facts: tuple[tuple[str, str], ...] = (), **named: object) -> None:
        """Give the facts by name, or as `facts` of another reason has them.

        Raises
        ------
        ValueError
            If the code is unknown, or has other facts.
        """
        given = dict(facts) | {name: str(fact) for name, fact in named.items()}
        if code not in REASONS:
            raise ValueError(f"The reason {code!r} is unknown. Add it to REASONS, and its Chinese words to the pages.")
        names = REASONS[code].facts
        if set(given) != set(names):
            raise ValueError(f"The reason {code!r} was given the facts {sorted(given)}. Give {sorted(names)}.")
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "facts", tuple((name, given[name]) for name in names))

    @classmethod
    def read(cls, written: str) -> "Reason":
        """Return the reason that a column of a table holds as `written`."""
        code, _, facts = written.partition("?")
        return cls(code, tuple(parse_qsl(facts, keep_blank_values=True)))

    @property
    def written(self) -> str:
        """The reason as a column of a table holds it: `wide_interval`, `repeats?statement=0a1b2c3d4e`."""
        return f"{self.code}?{urlencode(self.facts)}" if self.facts else self.code

    def __str__(self) -> str:
        """Return the English sentence."""
        return REASONS[self.code].english.format(**dict(self.facts))
