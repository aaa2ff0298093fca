"""The three sentences of the park desk, from published facts only."""

from typing import Any

import polars as pl

from analysis.core import units
from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import CAPITAL
from analysis.methods.proportions import Share
from analysis.methods.reference_class import SMALL
from analysis.pages.parts.sentences import Heading, Sentences
from analysis.pages.words.cells import Both, Number, Part, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import likelihood, likelihood_clause, series
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import (
    fraction_percent,
    percent,
    plain,
    ratio,
    ratio_interval,
    with_relation,
    yuan,
    yuan_interval,
)
from analysis.sources.evidence import Evidence

#: Other statements about the park that its sentences name; the table has all of them.
_NAMED = 2


#: From so many times its lower end on, the upper end of an interval is told beside it.
_WIDE_RANGE = 3


def summary(park: ParkOutput) -> Sentences:
    """Return what was promised and is known, what such parks did, and what it would take."""
    return Sentences((_known_sentence(park.attainment), peers_sentence(park), _needs_sentence(park.attainment)))


def peers_heading(park: ParkOutput) -> Heading:
    """Return the heading of the reference class and its parks by name; fewer than five say so first."""
    title, table = Both("What such parks did", "同类园区的表现"), park.peers.of(CAPITAL).sort("output_end", "park")
    if park.peers.classes.get(CAPITAL) is None:
        return Heading(title, peers_sentence(park))
    names = series([short_name(one, park.attainment.places) for one in table["park"]])
    few, ages = table.height < SMALL, table["age"].drop_nulls()
    first = Both("Only ", "只有") if few else Both("", "")
    old = Both("", "")
    if len(ages):
        youngest, oldest = int(min(ages)), int(max(ages))
        unknown = table["age"].null_count()
        rest = Both(f" ({unknown} of unknown age)", f"（{unknown}个园龄不详）") if unknown else Both("", "")
        old = Both(
            f", when they were {youngest} to {oldest} years old{rest.en}", f"，当时园龄{youngest}至{oldest}年{rest.zh}"
        )
    return Heading(
        title,
        Both(
            f"{first.en}{table.height} parks published both what they made and what was invested{old.en}: {names.en}. "
            "A chance from them is that of a park drawn from this list, no forecast of this one.",
            f"{first.zh}{table.height}个园区既公布产出又公布投资{old.zh}：{names.zh}。由此得出的概率是从中任取一个园区的概率，不是对本园区的预测。",
        ),
    )


def record_heading(park: ParkOutput) -> Heading:
    """Return how many published expectations came true, with the interval for so few."""
    record, day = park.record, date_words(park.attainment.as_of)
    met, missed, silent = (record.count(verdict) for verdict in ("met", "missed", "silent"))
    title = Both("What became of expectations of ports, parks and regions", "口岸、园区和地区公开预期的结果")
    share, bounds = record.known, record.bounds
    if bounds is None:
        return Heading(
            title, Both(f"By {day.en} no expectation of a period that is over.", f"截至{day.zh}，尚无期满的预期。")
        )
    few = met + missed < SMALL
    first = Both(
        f"Only {met + missed} have a known outcome: of " if few else "Of ",
        f"只有{met + missed}项的结果已知：" if few else "",
    )
    whose = _whose(park)
    english = (
        f"{first.en}{record.table.height} published expectations of traffic, trade, output or growth ({whose.en}) "
        f"whose period was over by {day.en}, {met} came true, {missed} did not, and of {silent} the ledger has no "
        "outcome. "
    )
    chinese = (
        f"{first.zh}截至{day.zh}期满的{record.table.height}项关于运量、贸易、产出或增速的公开预期"
        f"（{whose.zh}）中，{met}项实现，{missed}项落空，{silent}项台账中未见结果。"
    )
    if share is None:
        return Heading(title, Both(english, chinese))
    known = _known_share(share, bounds)
    return Heading(title, Both(join_cells(english, known.en), join_cells(chinese, known.zh)))


def _known_share(share: Share, bounds: tuple[float, float]) -> Both:
    """Return what share of the known outcomes came true, and between what bounds that of all must lie."""
    low, high = fraction_percent(share.lower), fraction_percent(share.upper)
    least, most = fraction_percent(bounds[0]), fraction_percent(bounds[1])
    true = fraction_percent(share.share)
    return Both(
        (
            "Among those with a known outcome that is ", true, " (80%: ", low, " to ", high,
            "), of all of them anything from ", least, " to ", most, ": good news is published more often.",
        ),
        (
            "结果已知者中实现比例为", true, "（80%区间", low, "至", high, "）；就全部预期而言，可能在",
            least, "至", most, "之间：好消息更常被公布。",
        ),
    )  # fmt: skip


def _whose(park: ParkOutput) -> Both:
    """Return whose the expectations of the record are, by the registers: `14 of ports, 5 of parks, 3 of regions`."""
    places, asked = park.attainment.places, park.record.table["place"]
    traffic = places.areas.filter(pl.col("kind").is_in(("ports", "elsewhere")))["place"]
    parks = asked.is_in(places.parks["park"].to_list())
    ports = asked.is_in([*places.ports["port"], *traffic]) & ~parks
    counts = [(int(ports.sum()), "ports", "口岸"), (int(parks.sum()), "parks", "园区")]
    counts.append((len(asked) - sum(count for count, _, _ in counts), "regions", "地区"))
    held = [one for one in counts if one[0]]
    return Both(
        ", ".join(f"{count} of {name}" for count, name, _ in held),
        "，".join(f"{name}{count}项" for count, _, name in held),
    )


def peers_sentence(park: ParkOutput) -> Both:
    """Return what parks with both figures produced, what that makes of the park's capital, and how often its target."""
    own, found = park.attainment, park.peers.classes.get(CAPITAL)
    table = park.peers.of(CAPITAL)
    if found is None:
        count = table.height
        return Both(
            f"Only {count} other parks had published both output and capital by "
            f"{date_words(own.as_of).en}, too few for a "
            "class.",
            f"截至{date_words(own.as_of).zh}，同时公布产出和投资的其他园区只有{count}个，不足以构成参照类。",
        )
    low, middle, high = found.interval(80, kind=park.kind)
    value, span = ratio(middle).cite(table["output_id"]), ratio_interval(low, high)
    count = len(found)
    opening = Both(f"By the figures of {count} other parks", f"据{count}个其他园区的公布数")
    if found.is_small:
        opening = Both(
            f"Only {count} other parks published output and capital: by their figures",
            f"只有{count}个其他园区公布过产出和投资：据此",
        )
    made, chance = _made_of_capital(park), _chance_of_class(park)
    return Both(
        join_cells(f"{opening.en} a yuan of capital makes ", value, " yuan a year (80%: ", span, ")", made.en,
                   chance.en, "."),
        join_cells(f"{opening.zh}，每元投资年产出", value, "元（80%区间", span, "）", made.zh, chance.zh, "。"),
    )  # fmt: skip


def _made_of_capital(park: ParkOutput) -> Both:
    """Return what the park's own capital would make at the ratios of the class; nothing where it was not published."""
    own, output = park.attainment, park.class_output
    if output is None or own.invested_cny is None:
        return Both((), ())
    capital = with_relation(yuan(own.invested_cny), own.relation(own.invested_id)).cite(_ids(own.invested_id))
    made, apart, wide = yuan_interval(output[1], output[0], output[2]), output[2] / output[0], Both("", "")
    if apart >= _WIDE_RANGE:
        times = whole(round(apart))
        wide = Both(f", the upper end {times.en} times the lower", f"，上端为下端的{times.zh}倍")
    return Both(
        (": this park's ", capital, " would make ", made, f" a year{wide.en}"),
        ("：本园区", capital, "投资相应年产出", made, f"{wide.zh}"),
    )


def _chance_of_class(park: ParkOutput) -> Both:
    """Return the chance that a park of the class reaches the target, which way it errs, and whose it is not."""
    own, chance = park.attainment, park.class_chance
    if chance is None or own.target_cny is None:
        return Both((), ())
    goal, word, count = yuan(own.target_cny).cite(_ids(own.target_id)), likelihood(chance), len(park.peers.of(CAPITAL))
    why = Both(
        "if anything too high, as parks that went well are reported more often", "因经营好的园区更常被报道而偏高"
    )
    if park.is_younger:
        why = Both("a ceiling, as those parks were older", "这些园区当时园龄更长，此为上限")
    own_chance = Both("", "")
    if own.probability is None and own.reason is not None:
        own_chance = Both("; this park's own chance is not measured", "；本园区自身的概率无实测")
    made_it = "would have made" if own.over else "would make"
    return Both(
        (f"; a park drawn from these {count} {made_it} ", goal, " with a chance of ", percent(chance),
         f", {word.en}, {why.en}{own_chance.en}"),
        (f"；从这{count}个园区中任取一个，达到", goal, "的概率为", percent(chance),
         f"，{word.zh}，{why.zh}{own_chance.zh}"),
    )  # fmt: skip


def _known_sentence(attainment: Attainment) -> Both:
    """Return what was promised and what was measured of it."""
    name, year = short_name(attainment.park, attainment.places), attainment.year
    if attainment.target_cny is None:
        return _without_target(attainment)
    measured = _measured(attainment)
    target = yuan(attainment.target_cny).cite(_ids(attainment.target_id))
    return Both(
        (f"{name.en} was expected to produce ", target, f" in {year}; ", measured, "."),
        (f"{name.zh}{year}年总产值预计达到", target, "；", measured, "。"),
    )


def _without_target(attainment: Attainment) -> Both:
    """Return that no target of the year was published, what was of its output, and whether other years fare better."""
    name, year, day = short_name(attainment.park, attainment.places), attainment.year, date_words(attainment.as_of)
    if attainment.progress is not None or attainment.output_cny is not None:
        measured = _measured(attainment)
        return Both(
            (f"No target of {name.en} for {year} was published by {day.en}; ", measured, "."),
            (f"截至{day.zh}，没有公布过{name.zh}{year}年的目标；", measured, "。"),
        )
    others = Both("or for any other", "其他年份也没有")
    if attainment.other_years:
        years = series([str(one) for one in attainment.other_years])
        others = Both(f"but only for {years.en}", f"仅有{years.zh}年的")
    return Both(
        f"By {day.en} neither a target nor an output of {name.en} had been published for {year}, the year that this "
        f"page is set to, {others.en}.",
        f"截至{day.zh}，{name.zh}{year}年（本页设定的年份）的产值目标和实际产值均没有公布过，{others.zh}。",
    )


def _measured(attainment: Attainment) -> Both:
    """Return what is known of the year's output: returned, published, or nothing."""
    year, day = attainment.year, date_words(attainment.as_of)
    if attainment.progress is not None:
        done, chance = yuan(attainment.progress.to_date_cny), attainment.probability
        end = attainment.progress.months.row(-1, named=True)
        span = yuan_interval(end["cumulative_cny"], end["lower80"], end["upper80"])
        count = attainment.progress.months_returned
        if chance is None:
            return Both(
                ("firms returned ", done, f" for {count} months, and the year is put at ", span, " (80%)"),
                (f"企业已报送{count}个月共", done, "，全年预测", span, "（80%区间）"),
            )
        words = likelihood_clause(chance)
        was = "was" if attainment.over else "will be"
        return Both(
            (
                "firms returned ",
                done,
                f" for {count} months, the year is put at ",
                span,
                f" (80%), and {words.en} (",
                percent(chance),
                f") that the target {was} reached",
            ),
            (
                f"企业已报送{count}个月共",
                done,
                "，全年预测",
                span,
                f"（80%区间），实现目标的{words.zh}（概率",
                percent(chance),
                "）",
            ),
        )
    if attainment.output_cny is not None:
        made = yuan(attainment.output_cny).cite(_ids(attainment.output_id))
        return Both((f"its output of {year} was published as ", made), (f"公布的{year}年总产值为", made))
    return Both(f"by {day.en} no output of {year} had been published", f"截至{day.zh}，没有公布过{year}年的实际产值")


def _needs_sentence(attainment: Attainment) -> Both:
    """Return what the target comes to by month and by capital, and what else was published."""
    english, chinese = _needs(attainment)
    has_target = bool(english)
    rows = attainment.later.sort("period_end", "statement_id").tail(_NAMED).to_dicts()
    others = [_other_statement_words(row, attainment.known.evidence) for row in rows]
    if not english and not others:
        return Both("Nothing else was published about it.", "此外没有公布过其他情况。")
    for at, other in enumerate(others):
        if has_target:
            opening = ("; also published: ", "；另有公布：") if at == 0 else ("; ", "；")
        else:
            opening = ("What was last published about it is ", "关于该园区最近公布的是") if at == 0 else (" and ", "和")
        english += [opening[0], other]
        chinese += [opening[1], other]
    if not has_target and len(rows) > 1:
        years = rows[-1]["period_end"].year - rows[0]["period_end"].year
        if years:
            english.append(f", {years} year{'s' * (years > 1)} apart")
            chinese.append(f"，两者相隔{years}年")
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _needs(attainment: Attainment) -> tuple[list[Part], list[Part]]:
    """Return the run rate and the capital that the target takes, and whether it was met; nothing without a target."""
    rate, over = attainment.required_run_rate, attainment.over
    if attainment.target_cny is None or (rate is None and attainment.progress is None):
        return [], []
    needs: Both = Both("nothing more", "已无需再增")
    if rate is not None:
        number = yuan(rate).cite(_ids(attainment.target_id))
        needs = Both((number, " a month"), ("月均", number))
    opening = ("The target needs ", "要实现这一目标，需")
    if over:
        opening = ("The target would have needed ", "要实现这一目标，当年需")
    elif not attainment.is_measured:
        opening = ("Spread over the year, the target is ", "这一目标按全年平均，")
    english: list[Part] = [opening[0], needs]
    chinese: list[Part] = [opening[1], needs]
    if attainment.invested_cny is not None and attainment.output_per_invested is not None:
        by_capital = ratio(attainment.output_per_invested).cite(_ids(attainment.target_id, attainment.invested_id))
        invested = attainment.invested_id
        capital = with_relation(yuan(attainment.invested_cny), attainment.relation(invested)).cite(_ids(invested))
        english += [", ", by_capital, " yuan per yuan of capital (", capital, ")"]
        chinese += ["，相当于每元投资产出", by_capital, "元（累计投资", capital, "）"]
    if attainment.reason is not None:
        english.append(
            "; whether it was met was not measured: no return was published"
            if over
            else "; how much of it is still lacking cannot be said, as no return was published"
        )
        chinese.append("；目标是否实现无从测算：没有公布企业报表" if over else "；因没有公布企业报表，尚差多少无从得知")
    return english, chinese


def _other_statement_words(row: dict[str, Any], evidence: Evidence) -> Both:
    """Return another statement about the park: `over 2,500 vehicles (vehicles made and sold, 2024; one firm)`."""
    unit, size = units.get(row["unit"]), plain(row["value"])
    name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
    noted = Both(f"; {row['note']}", f"（{row['note_zh'] or row['note']}）") if row["note"] else Both("", "")
    what = Both(f"{name.en}, ", "")
    if row["unit"] == "CNY":
        number = yuan(row["value"])
    else:
        # A bare count has no unit in English: it is of what the indicator counts.
        counted_en, what = (unit.en, what) if unit.en else (str(name.en), Both("", ""))
        # 辆次 counts crossings; vehicles that are made or sold are 辆.
        counted = unit.zh if row["indicator"] == "vehicles" else unit.zh.replace("辆次", "辆")
        number = Number(f"{size} {counted_en}".strip(), f"{size.replace(',', '')}{counted}", (row["value"],))
    number = with_relation(number, row["relation"]).cite([row["statement_id"]])
    return Both((number, f" ({what.en}{span.en}{noted.en})"), (f"{span.zh}{name.zh}", number, str(noted.zh)))


def _ids(*ids: str | None) -> list[str]:
    return [one for one in ids if one is not None]
