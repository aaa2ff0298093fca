"""The places of a data folder: ports, parks, firms, aid projects, and the names of every place in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from analysis.core.errors import CoverageError, RegisterError
from analysis.sources.registers import FIRMS, PARKS, PLACE_NAMES, PLACES, PORT_MODES, PORTS, PROJECTS


@dataclass(frozen=True, eq=False)
class Places:
    """The registers of places of a data folder.

    Attributes
    ----------
    ports
        Key `port`. `name_en`, `other_names` (separated by `;`) and `name_zh`; the neighbour's country and port;
        `region` (a place of `areas`), `prefecture`, `county`; `modes` as a list of road, rail, air, pipeline;
        `schedule` perennial, seasonal or temporary; `opened_year`; `altitude_m` in metres;
        `design_capacity_tonnes` in tonnes a year; `lat`, `lon` in degrees; `counted_2022_04_28`, whether the port
        is one of the 14 perennial and 1 seasonal ports open to freight on 28 April 2022; `source_url`. Null where
        the evidence does not say.
    areas
        Places that are no port, park or firm, key `place`: `kind` (region, ports, prefecture, county, country, zone,
        or elsewhere: ports outside the register), `name_en`, `name_zh`, `festivals` around which its trade pauses and
        `counting` of its figures (`vocabulary.FESTIVALS`, `vocabulary.COUNTING`; null for none). Ports have those of
        their region.
    parks, firms, projects
        Keys `park`, `firm`, `project`: `name_en, name_zh, place, industry, opened` (a year, month or day, as
        published), `attributes` (facts in words), `url`.
    elsewhere
        What texts call a place (`registers.PLACE_NAMES`); rows with `name_en` are places that no other register holds.
    """

    ports: pl.DataFrame
    areas: pl.DataFrame
    parks: pl.DataFrame
    firms: pl.DataFrame
    projects: pl.DataFrame
    elsewhere: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Places":
        """Return the places of the registers of a folder, by the name of each register.

        Raises
        ------
        RegisterError
            If a port has an unknown mode.
        """
        ports = tables[PORTS.name].with_columns(pl.col("modes").str.split(";"))
        strange = sorted(set(ports["modes"].explode(empty_as_null=True).drop_nulls()) - set(PORT_MODES))
        if strange:
            raise RegisterError(f"{PORTS.file} has the mode {strange[0]!r}. Use one of {', '.join(PORT_MODES)}.")
        return cls(ports, *(tables[register.name] for register in (PLACES, PARKS, FIRMS, PROJECTS, PLACE_NAMES)))

    def names(self, place: str) -> tuple[str, str]:
        """Return the English and the Chinese name of a place, park or firm; Chinese is empty where unknown.

        Where no register holds any place, nothing is known of names: a place is then called by its id.

        Raises
        ------
        CoverageError
            If no register holds the place, and some place is held.
        """
        if not self._names:
            return place.replace("_", " ").title(), ""
        if place not in self:
            raise CoverageError(
                f"No register holds the place {place!r}. Add a row to {PLACES.file} or {PORTS.file} of the data folder."
            )
        return self._names[place]

    def has_spring_festival(self, place: str | None) -> bool:
        """Return whether trade pauses around the Spring Festival; not at a place that no register holds.

        A port has the festivals of its region. Parks, firms and projects have those that any place of `areas` has.
        """
        name = (place or "").removeprefix("other_")
        area = self._region_of_port.get(name, name)
        if area in self._conventions:
            return self._conventions[area][0] == "spring_festival"
        held = {*self.parks["park"], *self.firms["firm"], *self.projects["project"]}
        return name in held and any(festivals == "spring_festival" for festivals, _ in self._conventions.values())

    def counts_in_wan(self, place: str) -> bool:
        """Return whether the figures of a port or area are counted in ten thousands (万)."""
        return self._conventions.get(self._region_of_port.get(place, place), (None, None))[1] == "wan"

    @cached_property
    def _conventions(self) -> dict[str, tuple[str | None, str | None]]:
        """Festivals and counting of each area, null where it has none."""
        rows = self.areas.select("place", "festivals", "counting").iter_rows()
        return {place: (festivals, counting) for place, festivals, counting in rows}

    @cached_property
    def _region_of_port(self) -> dict[str, str]:
        return dict(self.ports.select("port", "region").iter_rows())

    def __contains__(self, place: str) -> bool:
        """Return whether a register holds a place, park or firm."""
        return place in self._names

    @cached_property
    def _names(self) -> dict[str, tuple[str, str]]:
        """The names of all registers; the more special register wins."""
        names: dict[str, tuple[str, str]] = {}
        elsewhere = self.elsewhere.drop_nulls("name_en")
        for table, key in (
            (elsewhere, "place"),
            (self.areas, "place"),
            (self.firms, "firm"),
            (self.parks, "park"),
            (self.ports, "port"),
        ):
            for place, english, chinese in table.select(key, "name_en", "name_zh").iter_rows():
                names[place] = (english, chinese or "")
        return names
