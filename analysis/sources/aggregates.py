"""What a published total is the sum of: the parts of each series, and the paths that parts have in common."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources.indicators import Indicators
from analysis.sources.places import Places
from analysis.sources.registers import AGGREGATES, PORT_MODES, SHARE_BASES

#: The two ways in which the register writes a total or a part: of one place and mode, or of any place and mode.
NAMED, ANYWHERE = re.compile(r"\w+\.\w+\.\w+\.\w+"), re.compile(r"\*\.\w+\.\w+\.\*")

#: Metres from which a road port counts as a mountain port: there snow, not the market, sets the season.
MOUNTAIN_ALTITUDE = 2500


class Key(NamedTuple):
    """What a series or a part measures; null where a minimal ledger has no column for it."""

    place: str | None
    indicator: str | None
    flow: str | None
    mode: str | None
    partner: str | None

    @property
    def words(self) -> str:
        """The key as a series id is written."""
        return ".".join(word for word in self if word is not None)


class Site(NamedTuple):
    """The region of a port or group of ports, and the kind of its road: mountain_road or plain_road."""

    region: str
    road: str


@dataclass(frozen=True, eq=False)
class Aggregates:
    """What totals are sums of.

    Attributes
    ----------
    rules
        The parts of each total; `*` stands in a key for any place or mode, the same in total and parts.
    share_bases
        The register `registers.SHARE_BASES`.
    places
        Ports and groups of ports, with their regions.
    indicators
        Which activity an indicator shows.
    """

    rules: Mapping[Key, tuple[Key, ...]]
    share_bases: pl.DataFrame
    places: Places
    indicators: Indicators

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], places: Places, indicators: Indicators) -> "Aggregates":
        """Return the aggregates of the registers of a folder, by the name of each register.

        Raises
        ------
        RegisterError
            If a total or a part is written neither as one place and mode nor as any.
        """
        return cls(_rules(tables[AGGREGATES.name]), tables[SHARE_BASES.name], places, indicators)

    def parts_of(self, series: pl.DataFrame) -> pl.DataFrame:
        """Return the parts that each series is the sum of.

        A total is split only where a series measures something of one of its parts. Places of a group of which no
        series measures anything fall together into one part, `other_GROUP`; one such place stays as it is.

        Parameters
        ----------
        series
            One row a series: `series_id`, and `place, indicator, flow, mode, partner` (text, null in a minimal ledger).

        Returns
        -------
        DataFrame
            `series_id, part_id`, in the order of the series. `part_id` is the id of the series that measures just
            this part, otherwise `place.indicator.flow.mode`; a series that nothing splits is its own part.

        Raises
        ------
        RegisterError
            If the register makes a total a part of itself.
        """
        rows = [(series_id, part_id) for series_id, part_id, _ in self._split(series)]
        return pl.DataFrame(rows, schema={"series_id": pl.String, "part_id": pl.String}, orient="row")

    def nodes_of(self, series: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
        """Return what parts have in common: the region, the kind of port, the activity of one port.

        Parameters
        ----------
        series
            As for `parts_of`.
        parts
            `part_id`: the parts of these series to describe.

        Returns
        -------
        DataFrame
            One row a part, null where nothing is known or shared: `part_id`; its `place`, `flow` and `mode`; `region`;
            `kind`: mountain_road, plain_road, rail, pipeline, air, or trade (values of a region, prefecture, country);
            `activity`, `place.mode` of a port and `place.trade` of a region where it has more than one part.
        """
        wanted = set(parts["part_id"])
        keys = {part_id: key for _, part_id, key in self._split(series) if part_id in wanted}
        rows = [(part_id, key.place, key.flow, key.mode, *self._nodes(key)) for part_id, key in keys.items()]
        names = ("part_id", "place", "flow", "mode", "region", "kind", "activity")
        table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
        return table.with_columns(activity=pl.when(pl.len().over("activity") > 1).then(pl.col("activity")))

    def with_bases(self, evidence: pl.DataFrame) -> pl.DataFrame:
        """Say of what each share is a share; drop those of which nobody says it.

        Parameters
        ----------
        evidence
            Statements: `series_id`, `measure`.

        Returns
        -------
        DataFrame
            The statements with `base_id`, the series that a share is a share of (null for other measures). A series of
            shares becomes the series whose share it is.
        """
        share = pl.col("measure") == "share"
        of = self.share_bases.select("series_id", "numerator", base_id="base")
        return (
            evidence.join(of, on="series_id", how="left", maintain_order="left", validate="m:1")
            .filter(~share | pl.col("base_id").is_not_null())
            .with_columns(
                series_id=pl.when(share).then("numerator").otherwise("series_id"),
                base_id=pl.when(share).then("base_id"),
            )
            .drop("numerator")
        )

    def _split(self, series: pl.DataFrame) -> list[tuple[str, str, Key]]:
        """Return series, part and key of the part; a part of one total is as good as a series for all others."""
        table = series.select("series_id", *Key._fields).unique("series_id", keep="first", maintain_order=True)
        keys = {row[0]: Key(*row[1:]) for row in table.iter_rows()}
        ids = {key: series_id for series_id, key in keys.items() if key.indicator is not None}
        known: frozenset[Key] = frozenset()
        parts: dict[str, tuple[Key, ...]] = {series_id: (key,) for series_id, key in keys.items()}
        while not known >= {*ids, *(key for split in parts.values() for key in split)}:
            known |= {*ids, *(key for split in parts.values() for key in split)}
            parts = {series_id: self._atoms(key, known) for series_id, key in keys.items()}
        return [
            (series_id, series_id if key == keys[series_id] else ids.get(key, key.words), key)
            for series_id, split in parts.items()
            for key in split
        ]

    def _atoms(self, key: Key, known: frozenset[Key], above: tuple[Key, ...] = ()) -> tuple[Key, ...]:
        """Return the parts of a total that have no parts of their own, the total itself if nothing of it is known."""
        members = self._members(key, above)
        absent = [member for member in members if not self._measured(member, known, (*above, key))]
        if len(absent) == len(members):
            return (key,)
        strangers = [member for member in absent if member.place != key.place]
        rest = (key._replace(place=f"other_{key.place}"),) if len(strangers) > 1 else ()
        named = [member for member in members if not (rest and member in strangers)]
        return (*(atom for member in named for atom in self._atoms(member, known, (*above, key))), *rest)

    def _measured(self, key: Key, known: frozenset[Key], above: tuple[Key, ...]) -> bool:
        """Return whether a series measures this total or something of it."""
        return key in known or any(self._measured(part, known, (*above, key)) for part in self._members(key, above))

    def _members(self, key: Key, above: tuple[Key, ...]) -> tuple[Key, ...]:
        """Return the parts that the register gives a total; totals of a partner split by direction only."""
        if key in above:
            raise RegisterError(f"data/aggregates.csv makes {key.words} a part of itself. Remove one of its rows.")
        if key.indicator is None:
            return ()
        if key.partner is None and key in self.rules:
            return self.rules[key]
        general = self.rules.get(Key("*", key.indicator, key.flow, "*", None), ())
        return tuple(part._replace(place=key.place, mode=key.mode, partner=key.partner) for part in general)

    def _nodes(self, key: Key) -> tuple[str | None, str | None, str | None]:
        """Return region, kind and activity of a part; all null where it is neither traffic nor trade."""
        activity, sites = self.indicators.activity(key.indicator), self._sites
        site = sites.get((key.place or "").removeprefix("other_"))
        if site is not None and activity is not None:
            kind = site.road if key.mode == "road" else key.mode
            return site.region, kind if key.mode in PORT_MODES else None, f"{key.place}.{key.mode}"
        if activity == "trade":
            of_region = key.place in {site.region for site in sites.values()}
            return key.place if of_region else None, "trade", f"{key.place}.trade"
        return None, None, None

    @cached_property
    def _sites(self) -> dict[str, Site]:
        """Region and kind of road of each port and group; a group has those of most of its ports."""
        high = pl.col("altitude_m").fill_null(0) >= MOUNTAIN_ALTITUDE
        road = pl.when(high).then(pl.lit("mountain_road")).otherwise(pl.lit("plain_road"))
        ports = {row[0]: Site(*row[1:]) for row in self.places.ports.select("port", "region", road).iter_rows()}
        groups = {}
        for group in self.places.areas.filter(pl.col("kind") == "ports")["place"]:
            named = {part.place for total, parts in self.rules.items() if total.place == group for part in parts}
            members = [site for port, site in ports.items() if port in named] or [*ports.values()]
            if members:
                groups[group] = Counter(members).most_common(1)[0][0]
        return ports | groups


def _rules(register: pl.DataFrame) -> dict[Key, tuple[Key, ...]]:
    """Return the parts of each total of the register; `*` stands in the keys as it does in the file."""
    for total, part in register.select("total", "part").iter_rows():
        written = [tuple(form.fullmatch(name) is not None for form in (NAMED, ANYWHERE)) for name in (total, part)]
        if written[0] != written[1] or not any(written[0]):
            raise RegisterError(
                f"{AGGREGATES.file} makes {part!r} a part of {total!r}. Write both as place.indicator.flow.mode, or "
                "both as *.indicator.flow.*."
            )
    grouped = register.group_by("total", maintain_order=True).agg("part")
    return {_key(total): tuple(_key(part) for part in parts) for total, parts in grouped.iter_rows()}


def _key(words: str) -> Key:
    place, indicator, flow, mode = words.split(".")
    return Key(place, indicator, flow, mode, None)
