"""The three sentences of the park desk, from published facts only."""

from typing import Any

from analysis.core import units
from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import CAPITAL
from analysis.methods.reference_class import SMALL
from analysis.pages.parts.sentences import Heading, Sentences
from analysis.pages.words.cells import Both, Number, Part, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import likelihood, likelihood_clause, series
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
        old = Both(f", when they were {youngest} to {oldest} years old", f"，当时园龄{youngest}至{oldest}年")
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
    title = Both("What became of published expectations", "以往公开预期的结果")
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
    english = (
        f"{first.en}{record.table.height} published expectations whose period was over by {day.en}, {met} came true, "
        f"{missed} did not, and {silent} were never spoken of again. "
    )
    chinese = (
        f"{first.zh}截至{day.zh}期满的{record.table.height}项公开预期中，{met}项实现，{missed}项落空，"
        f"{silent}项再无下文。"
    )
    if share is None:
        return Heading(title, Both(english, chinese))
    low, high = fraction_percent(share.lower), fraction_percent(share.upper)
    least, most = fraction_percent(bounds[0]), fraction_percent(bounds[1])
    return Heading(
        title,
        Both(
            (
                english,
                "Among those with a known outcome that is ",
                fraction_percent(share.share),
                " (80%: ",
                low,
                " to ",
                high,
                "), of all of them anything from ",
                least,
                " to ",
                most,
                ": good news is published more often.",
            ),
            (
                chinese,
                "结果已知者中实现比例为",
                fraction_percent(share.share),
                "（80%区间",
                low,
                "至",
                high,
                "）；就全部预期而言，可能在",
                least,
                "至",
                most,
                "之间：好消息更常被公布。",
            ),
        ),
    )


def peers_sentence(park: ParkOutput) -> Both:
    """Return what parks with both figures produced, and what that makes of the park's capital and target."""
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
    english: list[Part] = [f"{opening.en} a yuan of capital makes ", value, " yuan a year (80%: ", span, ")"]
    chinese: list[Part] = [f"{opening.zh}，每元投资年产出", value, "元（80%区间", span, "）"]
    chance, output = park.class_chance, park.class_output
    if chance is not None and output is not None and own.target_cny is not None:
        goal, word = yuan(own.target_cny).cite(_ids(own.target_id)), likelihood(chance)
        made = yuan_interval(output[1], output[0], output[2])
        english += [", so this park's ", made, ", and ", goal, " with a chance of ", percent(chance)]
        english.append(f", {word.en}: a ceiling, as those parks are older")
        chinese += ["，本园区投资相应产出", made, "，达到", goal, "的概率为", percent(chance)]
        chinese.append(f"，{word.zh}：这些园区建成更早，此为上限")
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _known_sentence(attainment: Attainment) -> Both:
    """Return what was promised and what was measured of it."""
    name, year, day = short_name(attainment.park, attainment.places), attainment.year, date_words(attainment.as_of)
    measured = _measured(attainment)
    if attainment.target_cny is None:
        if attainment.progress is None and attainment.output_cny is None:
            measured = Both("and no output of that year", "也没有公布过当年的实际产值")
        return Both(
            (f"No target of {name.en} for {year} was published by {day.en}, ", measured, "."),
            (f"截至{day.zh}，没有公布过{name.zh}{year}年的目标，", measured, "。"),
        )
    target = yuan(attainment.target_cny).cite(_ids(attainment.target_id))
    return Both(
        (f"{name.en} was expected to produce ", target, f" in {year}; ", measured, "."),
        (f"{name.zh}{year}年总产值预计达到", target, "；", measured, "。"),
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
    """Return the run rate and the capital that the target takes, and what else was published."""
    rate, over = attainment.required_run_rate, attainment.over
    english: list[Part] = []
    chinese: list[Part] = []
    if attainment.target_cny is not None and (rate is not None or attainment.progress is not None):
        needs: Both = Both("nothing more", "已无需再增")
        if rate is not None:
            number = yuan(rate).cite(_ids(attainment.target_id))
            needs = Both((number, " a month"), ("月均", number))
        english += ["The target would have needed " if over else "The target needs ", needs]
        chinese += ["要实现这一目标，当年需" if over else "要实现这一目标，需", needs]
        if attainment.invested_cny is not None and attainment.output_per_invested is not None:
            by_capital = ratio(attainment.output_per_invested).cite(_ids(attainment.target_id, attainment.invested_id))
            capital = with_relation(yuan(attainment.invested_cny), "approx").cite(_ids(attainment.invested_id))
            english += [", ", by_capital, " yuan per yuan of capital (", capital, ")"]
            chinese += ["，相当于每元投资产出", by_capital, "元（累计投资", capital, "）"]
        if attainment.reason is not None:
            met = "was" if over else "is"
            english.append(f"; whether it {met} met was not measured: no return was published")
            chinese.append("；目标是否实现无从测算：没有公布企业报表")
    rows = attainment.later.sort("period_end", "statement_id").tail(_NAMED)
    for at, row in enumerate(rows.iter_rows(named=True)):
        other = _other_statement_words(row, attainment.known.evidence)
        opening = ("; also published: ", "；另有公布：") if english else ("Published: ", "已公布：")
        english += [opening[0] if at == 0 else "; ", other]
        chinese += [opening[1] if at == 0 else "；", other]
    if not english:
        return Both("Nothing else was published about it.", "此外没有公布过其他情况。")
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _other_statement_words(row: dict[str, Any], evidence: Evidence) -> Both:
    """Return another statement about the park: `over 2,500 vehicles (vehicles made and sold, 2024; one firm)`."""
    unit, size = units.get(row["unit"]), plain(row["value"])
    name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
    noted = Both(f"; {row['note']}", f"（{row['note_zh'] or row['note']}）") if row["note"] else Both("", "")
    if row["unit"] == "CNY":
        number = yuan(row["value"])
    else:
        # 辆次 counts crossings; vehicles that are made or sold are 辆.
        counted = unit.zh if row["indicator"] == "vehicles" else unit.zh.replace("辆次", "辆")
        number = Number(f"{size} {unit.en}".strip(), f"{size.replace(',', '')}{counted}", (row["value"],))
    number = with_relation(number, row["relation"]).cite([row["statement_id"]])
    return Both((number, f" ({name.en}, {span.en}{noted.en})"), (f"{span.zh}{name.zh}", number, str(noted.zh)))


def _ids(*ids: str | None) -> list[str]:
    return [one for one in ids if one is not None]
