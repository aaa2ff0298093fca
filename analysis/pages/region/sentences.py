"""The three sentences of the region desk: the system's total and growth, which ports carry it, what next."""

import polars as pl

from analysis.desks.region import RegionOverview
from analysis.pages.parts.sentences import Sentences
from analysis.pages.region.words import port_words, region_name, year_before_words
from analysis.pages.words.cells import Both, Cell, Part, join_cells
from analysis.pages.words.contributions import points
from analysis.pages.words.dates import span_words
from analysis.pages.words.phrases import likelihood_clause, series
from analysis.pages.words.rounding import growth, growth_interval, percent, share_percent, tonnes, tonnes_interval

#: Ports that the second sentence names.
NAMED = 3

#: From this probability on a port counts as back at 2019.
RECOVERED = 0.8


def summary(region: RegionOverview) -> Sentences:
    """Return the system's total and growth, the ports that carry it, and what next."""
    return Sentences((_total_sentence(region), _carriers_sentence(region), _next_sentence(region)))


def known_ports(region: RegionOverview) -> pl.DataFrame:
    """Return the ports whose year is known well enough to be named with a number."""
    return region.ports.filter(~pl.col("thin") & ~pl.col("place").str.starts_with("other_"))


def largest_ports(region: RegionOverview) -> pl.DataFrame:
    """Return the largest ports that are known well enough: those before the first that is too thin for a number."""
    named = region.ports.filter(~pl.col("place").str.starts_with("other_"))
    return named.filter(pl.col("thin").cast(pl.Int64).cum_sum() == 0)


def _total_sentence(region: RegionOverview) -> Both:
    year, name, behind = region.edition.year, region_name(region), region.behind_year()
    row, whole = region.line("system"), region.line("all")
    ends = (row["median"], row["lower"], row["upper"])
    total, interval = tonnes(*ends).cite(behind), tonnes_interval(*ends).cite(behind)
    pipelines = tonnes(whole["median"], whole["lower"], whole["upper"]).cite(behind)
    rate = region.growth.row(by_predicate=pl.col("line") == "system", named=True)
    rates = (rate["median"], rate["lower"], rate["upper"])
    grown, between = (each(*rates).cite(region.behind_growth()) for each in (growth, growth_interval))
    span, other = span_words(rate["start"], rate["end"]), year_before_words(rate["start"], rate["end"])
    return Both(
        (f"Freight by road, rail and air through {name.en}'s ports is put at ", total, f" in {year} (80%: ", interval,
         "), with pipelines ", pipelines, f"; {span.en} is ", grown, f" on {other.en} (80%: ", between, ")."),
        (f"{year}年{name.zh}口岸公路、铁路和航空过货量估计为", total, "（80%区间", interval, "），含管道为", pipelines,
         f"；{span.zh}比{other.zh}", grown, "（80%区间", between, "）。"),
    )  # fmt: skip


def _carriers_sentence(region: RegionOverview) -> Both:
    """Return the largest ports with their shares, and the port that adds most to growth."""
    behind = region.behind_year()
    largest, known = largest_ports(region), known_ports(region)
    rows = (known if largest.is_empty() else largest).head(NAMED).to_dicts()
    if not rows:
        return Both("No port's year is known well enough to be named.", "没有口岸的全年数据足以列出。")
    first = Both("Of it ", "其中") if len(largest) else Both("Of the ports known well enough, ", "数据足够的口岸中，")
    english: list[Cell] = []
    chinese: list[Cell] = []
    for row in rows:
        name = port_words(row, region)
        share = share_percent(row["share"], row["share_lower"], row["share_upper"]).cite(behind)
        english.append((f"{name.en} {'carries ' if not english else ''}", share))
        chinese.append((f"{name.zh}", share))
    most = region.contributions.row(0, named=True)
    name, added = port_words(most, region), points(most["median"], most["lower"], most["upper"])
    added = added.cite(region.behind_growth())
    return Both(
        join_cells(first.en, *_listed(english, ", ", " and "), f"; {name.en} moves growth most, ", added, " points."),
        join_cells(first.zh, *_listed(chinese, "、", "和"), f"；对增速影响最大的是{name.zh}，", added, "个百分点。"),
    )


def _next_sentence(region: RegionOverview) -> Both:
    """Return whether the year passes the last one, and which ports are back at 2019."""
    year, chance = region.edition.year, region.chance_of_growth
    behind = region.behind_growth()
    clause, probability = likelihood_clause(chance), percent(chance).cite(behind)
    back = known_ports(region).filter(pl.col("recovered") >= RECOVERED).to_dicts()
    english: list[Part] = [f"{str(clause.en)[0].upper()}{str(clause.en)[1:]} (", probability]
    english.append(f") that {year} ends above {year - 1}")
    chinese: list[Part] = [f"{year}年全年超过{year - 1}年的{clause.zh}（概率", probability, "）"]
    if back:
        names = series([port_words(row, region) for row in back])
        english.append(f"; with a probability of at least {RECOVERED:.0%} back at 2019 and staying: {names.en}.")
        chinese.append(f"；以不低于{RECOVERED:.0%}的概率恢复到2019年水平并保持的有：{names.zh}。")
    else:
        english.append(f"; no port is back at 2019 with a probability of {RECOVERED:.0%}.")
        chinese.append(f"；没有口岸以不低于{RECOVERED:.0%}的概率恢复到2019年水平。")
    return Both(join_cells(*english), join_cells(*chinese))


def _listed(items: list[Cell], comma: str, last: str) -> list[Part]:
    """Return cells with commas between them, and `and` before the last."""
    found: list[Part] = []
    for place, item in enumerate(items):
        if place:
            found.append(last if place == len(items) - 1 else comma)
        found += item if isinstance(item, tuple) else (item,)
    return found
