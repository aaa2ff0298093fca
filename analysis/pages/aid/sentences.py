"""The three sentences of an aid plan: what was planned and reported, how past plans went, what it costs a project."""

from analysis.desks.aid import AidPortfolio
from analysis.desks.aid.desk import ENOUGH
from analysis.desks.aid.points import COMPLETED, DONE
from analysis.methods.reference_class import SMALL
from analysis.pages.parts.sentences import Heading, Sentences
from analysis.pages.words.cells import Both, Number, Part, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import likelihood
from analysis.pages.words.rounding import fraction_percent, percent, whole_percent, yuan, yuan_interval

#: What is reported of a plan, as headings and legends have it.
KINDS = {
    "arrived": Both("money arrived", "资金到位"),
    "done": Both("work done or money spent", "完成工作量"),
    "started": Both("projects started", "项目开工"),
    "completed": Both("projects completed", "项目完工"),
}


def summary(aid: AidPortfolio) -> Sentences:
    """Return what was planned and reported, how plans of the past say it will go, and its cost beside theirs."""
    return Sentences((_plan_sentence(aid), outlook_sentence(aid), _cost_sentence(aid)))


def outlook_sentence(aid: AidPortfolio) -> Both:
    """Return the probability of completion by the end of the term, the slippage, and the projects completed by then."""
    curve, end = aid.curves.get(DONE), aid.plan.end
    if curve is None:
        return Both(
            "Fewer than three plans of the past were reported on, too few to say how this one may go.",
            "有执行情况报道的以往计划不足三个，无法据此推断。",
        )
    chance = curve.chance(aid.plan.elapsed(end), ENOUGH)
    word, share, day = likelihood(chance), whole_percent(ENOUGH), date_words(end)
    behind = aid.points.filter(aid.points["what"] == DONE)["ids"].explode().drop_nulls().to_list()
    late = aid.years_late()
    few = curve.plans < SMALL
    opening = Both("Only ", "只有") if few else Both("", "")
    english: list[Part] = [
        f"{opening.en}{curve.plans} plans of the past were reported on: going by them, {share}% of the work would be "
        f"done by {day.en} with a chance of ",
        percent(chance).cite(behind),
        f" ({word.en})",
    ]
    chinese: list[Part] = [
        f"{opening.zh}{curve.plans}个以往计划有执行情况报道：据此推断，截至{day.zh}完成{share}%工作量的概率为",
        percent(chance).cite(behind),
        f"（{word.zh}）",
    ]
    if late is not None:
        low, middle, high = late
        english.append(f", at the median {_late(middle).en} (80%: {_late(low).en} to {_late(high).en})")
        chinese.append(f"，中位数为{_late(middle).zh}（80%区间：{_late(low).zh}至{_late(high).zh}）")
    count = aid.count(COMPLETED, end)
    if count is not None:
        least, most_likely, most = count.interval(80)
        finished = aid.curves[COMPLETED].plans
        english.append(
            f"; about {most_likely} of {count.of} projects would be completed by then (80%: {least} to {most}), "
            f"going by the {finished} plans that reported completions"
        )
        chinese.append(
            f"；据{finished}个报道过完工数的计划，届时{count.of}个项目中约{most_likely}个完工（80%区间{least}至{most}个）"
        )
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def costs_heading(aid: AidPortfolio) -> Heading:
    """Return the heading of the batches, with the plan's cost beside the class."""
    return Heading(Both("Batches, and what a project costs", "各批次与单个项目费用"), _cost_sentence(aid))


def curve_heading(aid: AidPortfolio) -> Heading:
    """Return the heading of the curves of plans of the past, and of how many there are reports."""
    found = [(KINDS[what], curve.plans) for what, curve in aid.curves.items()]
    title = Both("How plans of the past went", "以往计划的执行进度")
    if not found:
        return Heading(title, outlook_sentence(aid))
    few = min(plans for _, plans in found) < SMALL
    first = Both("Only few plans of the past were reported on", "有报道的以往计划很少")
    if not few:
        first = Both("Plans of the past were reported on", "有报道的以往计划")
    english = "; ".join(f"{kind.en}, {plans} plans" for kind, plans in found)
    chinese = "，".join(f"{kind.zh}{plans}个" for kind, plans in found)
    return Heading(title, Both(f"{first.en}: {english}.", f"{first.zh}：{chinese}。"))


def _late(years: float) -> Both:
    """Return how late or early: `4 months late`, `on time`."""
    months = round(12 * years)
    if months == 0:
        return Both("on time", "按期")
    if abs(months) < 24:
        word = "month" if abs(months) == 1 else "months"
        return Both(
            f"{abs(months)} {word} {'late' if months > 0 else 'early'}",
            f"{'晚' if months > 0 else '早'}{abs(months)}个月",
        )
    size = f"{abs(years):.0f}"
    return Both(f"{size} years {'late' if months > 0 else 'early'}", f"{'晚' if months > 0 else '早'}{size}年")


def _plan_sentence(aid: AidPortfolio) -> Both:
    plan, places = aid.plan, aid.known.places
    giver, place, span = (
        short_name(plan.partner, places),
        short_name(plan.place, places),
        span_words(plan.start, plan.end),
    )
    english: list[Part] = [f"{giver.en} planned "]
    chinese: list[Part] = [f"{giver.zh}计划{span.zh}援助{place.zh}"]
    if plan.projects:
        size = Number(f"{plan.projects:.0f}", f"{plan.projects:.0f}", (plan.projects,)).cite(plan.ids)
        english += [size, " aid projects"]
        chinese += [size, "个项目"]
    if plan.funds_cny:
        english += [" for " if plan.projects else "", yuan(plan.funds_cny).cite(plan.ids)]
        chinese += ["，资金", yuan(plan.funds_cny).cite(plan.ids)]
    english.append(f" for {place.en}, {span.en}; ")
    chinese.append("；")
    day = date_words(aid.known.as_of)
    count = aid.reported.height
    if count == 0:
        return Both(
            join_cells(*english, f"by {day.en} nothing had been published on how it goes."),
            join_cells(*chinese, f"截至{day.zh}，没有公布过执行情况。"),
        )
    return Both(
        join_cells(*english, f"{count} reports on it had been published by {day.en}."),
        join_cells(*chinese, f"截至{day.zh}公布过{count}条执行情况。"),
    )


def _cost_sentence(aid: AidPortfolio) -> Both:
    cost, found, rank = aid.plan.cost_per_project, aid.costs, aid.cost_rank
    if cost is None or found is None or rank is None:
        return Both(
            "Too few plans with both money and projects were published to compare the cost of a project.",
            "同时公布资金和项目数的计划太少，无法比较单个项目费用。",
        )
    low, middle, high = found.interval(80)
    span, few = yuan_interval(middle, low, high), Both("only ", "仅") if found.is_small else Both("", "")
    own = yuan(cost).cite(aid.plan.ids)
    return Both(
        (
            "A project costs ",
            own,
            f" on average; of {few.en}{len(found)} other plans 80% lie within ",
            span,
            ", and ",
            fraction_percent(rank),
            " of such plans would cost less a project.",
        ),
        (
            "平均每个项目",
            own,
            f"；其他{few.zh}{len(found)}个计划中80%在",
            span,
            "之间，约",
            fraction_percent(rank),
            "的同类计划低于此数。",
        ),
    )
