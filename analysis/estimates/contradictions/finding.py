"""The contradictions of a ledger, as far as it was published by a day (docs/methods/contradictions.md)."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import polars as pl

from analysis.estimates.code_fingerprint import code_fingerprint
from analysis.estimates.contradictions.conflicts import Conflict, disagreeing
from analysis.estimates.contradictions.flows import Cell, flow_statements, sums_of
from analysis.estimates.contradictions.joint import contradictions
from analysis.methods.consistency import TOLERANCE, families, inequalities, miss
from analysis.runtime.cache import Codec, fingerprint, recall_or_make
from analysis.runtime.folders import PACKAGE
from analysis.sources.evidence import Known
from analysis.sources.ledger.facts import facts

FOUND = pl.Schema({"kind": pl.String, "statement_ids": pl.String, "sentence": pl.String})

#: Only tables are kept.
_CODEC = Codec({})

#: What was found of so many ledgers or days stays in memory: a report asks for two editions, `news` for two days.
IN_MEMORY = 8

#: Families are judged together up to so many statements; beyond a few hundred the solver gains nothing more.
AT_ONCE = 300

#: The folders whose code decides what is found.
FOLDERS = ("core", "sources", "methods", "estimates/contradictions")

_found: OrderedDict[str, pl.DataFrame] = OrderedDict()


def contradicting(known: Known, *, series: Collection[str] | None = None) -> pl.DataFrame:
    """Return the contradictions among the valid, current statements of a ledger.

    The figures of one series and period are compared first; what is left of levels, averages and growth is then judged
    together. Expectations, plans and targets contradict nothing; reprints are left to their original.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        Series that are to be judged together with all that shares a flow with them; every series if not given.
        Figures of one series and period are compared in all of them, as this costs little.

    Returns
    -------
    DataFrame
        `kind`, `statement_ids` (joined by `;`, in order) and `sentence`, each set of statements once.
    """
    rows = facts(known.evidence.statements, as_of=known.as_of).filter(pl.col("fact") == pl.col("statement_id"))
    alone = list(disagreeing(rows))
    apart = [statement_id for conflict in alone for statement_id in conflict.statement_ids]
    statements = flow_statements(rows.filter(~pl.col("statement_id").is_in(apart)), known.evidence.indicators)
    sums = sums_of(statements, known.evidence.aggregates)
    judged = [family for family in families(statements, sums) if family.height > 1 and _is_asked_for(family, series)]

    return pl.concat([_table(alone), _found_together(judged, sums)])


def _found_together(judged: Sequence[pl.DataFrame], sums: Mapping[str, list[list[Cell]]]) -> pl.DataFrame:
    """Return the contradictions within families: looked for once, then kept in the process and between processes."""
    if not judged:
        return _table([])
    names = {name for family in judged for name in family["series_id"]}
    key = fingerprint("contradictions", _code(), judged, {name: sums[name] for name in names})
    if key not in _found:
        _found[key] = recall_or_make(key, lambda: _judge(judged, sums), _CODEC)
    _found.move_to_end(key)
    while len(_found) > IN_MEMORY:
        _found.popitem(last=False)
    return _found[key]


def _judge(judged: Sequence[pl.DataFrame], sums: Mapping[str, list[list[Cell]]]) -> pl.DataFrame:
    return _table([conflict for family in _suspects(judged, sums) for conflict in contradictions(family, sums)])


def _suspects(judged: Sequence[pl.DataFrame], sums: Mapping[str, list[list[Cell]]]) -> list[pl.DataFrame]:
    """Return the families that are left when those are gone that hold together: many at once are judged as fast as one.

    Families share no flow, so they hold together if each holds. Growth alone is judged by itself: it needs a flow above
    zero, which a level of another family would seem to give.
    """
    mixed = [family for family in judged if not family["growth"].all()]
    suspects = [family for family in judged if family["growth"].all()]
    batch: list[pl.DataFrame] = []
    size = 0
    for family in mixed:
        if size + family.height > AT_ONCE:
            suspects += _unless_consistent(batch, sums)
            batch, size = [], 0
        batch.append(family)
        size += family.height
    return suspects + _unless_consistent(batch, sums)


def _unless_consistent(batch: list[pl.DataFrame], sums: Mapping[str, list[list[Cell]]]) -> list[pl.DataFrame]:
    """Return the families of a batch, or none if all of their statements can hold together."""
    if len(batch) > 1 and miss(inequalities(pl.concat(batch), sums)) <= TOLERANCE:
        return []
    return batch


def _is_asked_for(family: pl.DataFrame, series: Collection[str] | None) -> bool:
    """Return whether a family holds one of the series asked for; all are where none is named."""
    return series is None or not set(series).isdisjoint(family["series_id"])


@cache
def _code() -> str:
    """Return the fingerprint of the code that finds contradictions."""
    return code_fingerprint(PACKAGE, FOLDERS)


def _table(found: Sequence[Conflict]) -> pl.DataFrame:
    rows = [(conflict.kind, ";".join(conflict.statement_ids), conflict.sentence) for conflict in found]
    return pl.DataFrame(rows, schema=FOUND, orient="row")
