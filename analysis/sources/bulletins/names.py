"""The places that a text may name, and what is known of them: names from the registers of a data folder."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from analysis.sources.registers import FIRMS, PARKS, PLACE_NAMES, PLACES, PORTS

#: A kind of place at which traffic is counted.
PORT_KINDS = ("port", "ports")

#: Regions to the group of their ports, to which traffic belongs that a bulletin reports of the region.
_PORTS_OF_REGIONS = ("xinjiang", "inner_mongolia")

#: Stands for a place that a text names and no register holds.
UNKNOWN = "?"

#: A Chinese port at the beginning of a clause, perhaps behind its region; an English one before the word for it.
_ELSEWHERE = re.compile(
    r"(?:(?<=[。,;:、(])|(?<=其中)|(?<=月)|(?<=年)|(?<=季度)|(?<=期间)|(?<=以来)|^)"
    r"(?:(?:新疆|内蒙古|广西|云南|西藏|黑龙江|吉林|辽宁|甘肃|广东)(?:自治区|省)?)?"
    r"(?![年月日今去当其此该本各两全我])[\u4e00-\u9fff]{2,4}口岸"
    r"|(?<![A-Za-z])[A-Z][a-z]+(?:[ -][A-Z][a-z]+)? (?=(?:[Ll]and |[Dd]ry |[Bb]order |[Rr]oad |[Rr]ail )?"
    r"(?:port|Port|crossing|checkpoint|border crossing|border post)(?![a-z]))"
)
_NO_NAME = re.compile(
    r"铁路|公路|陆路|水运|航空|边境|口岸|沿边|对[外俄蒙哈越老缅]|[各两三四五六七八九十个该本全我国新旧经从由在至到过此开放每主要重点一二类其他余上述这些区省市州县"
    r"旅客货通关进出入智慧客运作为随着当与和及同比前后内外大小为]|"
    r"(?i:\b(?:the|this|that|each|every|dry|land|rail|road|highway|railway|in|at|on|of|for|by|from|china|chinese|sea|main|new|"
    r"largest|first|border|inland|busiest|its|their|all|some|many|total|as|via|through|while|both|north|south|east|west|"
    r"northern|southern|eastern|western|kazakh|kyrgyz|uzbek|russian|mongolian|indian|pakistani|mexican|canadian|european|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b)"
)

#: Names with a character that the bundled fonts lack, so that no table of the data folder holds them.
_BESIDE_THE_FONTS = {
    "峒中": "dongzhong",
    "湄索": "mae_sot",
    "深圳湾口岸": "shenzhen_bay",
    "深圳湾": "shenzhen_bay",
    "畹町": "wanding",
    "勐康口岸": "mengkang",
    "勐康": "mengkang",
    "珲春": "hunchun",
    "克拉斯基诺—珲春": "hunchun",
    "克拉斯基诺-珲春": "hunchun",
    "勐腊": "mengla",
    "勐腊口岸": "mengla",
}


@dataclass(frozen=True, eq=False)
class Names:
    """Names of places as texts write them.

    Attributes
    ----------
    places
        Name to place; of two places with one name the more special register wins.
    kinds
        Place to its kind: port, ports, region, prefecture, county, country, zone, corridor, firm.
    modes
        Place to the modes of its traffic; a place that is absent has any.
    parts
        Place to the places that it is made of, where it has a name of its own for being spoken of together.
    """

    places: Mapping[str, str]
    kinds: Mapping[str, str]
    modes: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Names":
        """Return the names that the registers of a folder hold, by the name of each register."""
        places: dict[str, str] = {}
        kinds: dict[str, str] = {}
        modes: dict[str, tuple[str, ...]] = {}
        parts: dict[str, frozenset[str]] = {}
        for register, key, kind in (
            (PLACES, "place", ""),
            (FIRMS, "firm", "firm"),
            (PARKS, "park", "zone"),
            (PORTS, "port", "port"),
        ):
            for row in tables[register.name].iter_rows(named=True):
                kinds[row[key]] = row.get("kind") or kind
                for name in (row["name_en"], row["name_zh"], *_split(row.get("other_names"))):
                    if name:
                        places[name] = row[key]
                if row.get("modes"):
                    modes[row[key]] = tuple(_split(row["modes"]))
        for row in tables[PLACE_NAMES.name].iter_rows(named=True):
            kinds.setdefault(row["place"], row["kind"] or "region")
            if row["modes"]:
                modes.setdefault(row["place"], tuple(_split(row["modes"])))
            if row["parts"]:
                parts[row["place"]] = frozenset(_split(row["parts"]))
            for name in (row["name_en"], row["name_zh"], *_split(row["other_names"])):
                if name:
                    places.setdefault(name, row["place"])
        places |= {name: place for name, place in _BESIDE_THE_FONTS.items() if place in kinds}
        return cls(places, kinds, modes, parts)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Every name, the longer before the shorter; a Latin name stands as a word of its own."""
        names = sorted(self.places, key=len, reverse=True)
        words = (
            rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name) for name in names
        )
        return re.compile("|".join(words) or r"(?!)")

    def elsewhere(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text names a port that no register holds: start and end of its name."""
        for match in _ELSEWHERE.finditer(text):
            name = match.group().removesuffix("口岸")
            if not self.pattern.search(match.group()) and not _NO_NAME.search(name):
                yield match.span()

    def together(self, places: frozenset[str]) -> str | None:
        """Return the place that several places are together, None where no register has a name for it."""
        return next((whole for whole, parts in self.parts.items() if parts == places), None)

    def is_port(self, place: str) -> bool:
        """Return whether traffic is counted at a place."""
        return self.kinds.get(place) in PORT_KINDS

    def only_mode(self, place: str) -> str | None:
        """Return the mode of a place that has one only, else None."""
        found = self.modes.get(place, ())
        return found[0] if len(found) == 1 and self.kinds.get(place) != "region" else None

    def ports_of(self, place: str, mode: str) -> str:
        """Return the group of ports that traffic of a region is counted at; any other place itself."""
        if place not in _PORTS_OF_REGIONS:
            return place
        group = f"{place}_road_ports" if mode == "road" else f"{place}_ports"
        return group if group in self.kinds else f"{place}_ports" if f"{place}_ports" in self.kinds else place


def _split(cell: str | list[str] | None) -> list[str]:
    """Return the parts of a cell that semicolons separate."""
    if isinstance(cell, list):
        return cell
    return [part.strip() for part in (cell or "").split(";") if part.strip()]
