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

#: What a chance is of, and what becomes of it.
THINGS = {DONE: Both("work", "工作量"), COMPLETED: Both("projects", "项目")}
VERBS = {DONE: Both("done", "完成"), COMPLETED: Both("completed", "完工")}


def summary(aid: AidPortfolio) -> Sentences:
    """Return what was planned and reported, how plans of the past say it will go, and its cost beside theirs."""
    return Sentences((_plan_sentence(aid), outlook_sentence(aid), _cost_sentence(aid)))


def outlook_sentence(aid: AidPortfolio) -> Both:
    """Return the chances that the work and the projects are completed by the end of the term, and why they differ."""
    kinds = [what for what in (DONE, COMPLETED) if what in aid.curves]
    if not kinds:
        return Both(
            "Fewer than three past plans reported work done, money spent or projects completed, "
            "too few to say how this one may go.",
            "报道过完成工作量或完工项目的以往计划不足三个，无法据此推断。",
        )
    share, day = whole_percent(ENOUGH), date_words(aid.plan.end)
    plans = [_plans_reporting(what, aid.curves[what].plans, first=what == kinds[0]) for what in kinds]
    english: list[Part] = [f"{_capital(' and '.join(str(one.en) for one in plans))}: going by them, "]
    chinese: list[Part] = [f"{'，'.join(str(one.zh) for one in plans)}：据此推断，截至{day.zh}"]
    for at, what in enumerate(kinds):
        chance, thing = aid.curves[what].chance(aid.plan.elapsed(aid.plan.end), ENOUGH), THINGS[what]
        number, word = percent(chance).cite(_reports_of(aid, what)), likelihood(chance)
        said = f", and {share}% of the {thing.en} {VERBS[what].en} with a chance of "
        if at == 0:
            said = f"{share}% of the {thing.en} would be {VERBS[what].en} by {day.en} with a chance of "
        english += [said, number, f" ({word.en})"]
        chinese += [f"，{thing.zh}{VERBS[what].zh}{share}%的概率为", number, f"（{word.zh}）"]
    counted, why = _count_words(aid), _why_they_differ(aid) if len(kinds) > 1 else Both("", "")
    return Both(join_cells(*english, counted.en, why.en, "."), join_cells(*chinese, counted.zh, why.zh, "。"))


def slippage_sentence(aid: AidPortfolio) -> Both:
    """Return how late the work would be nearly all done, going by past plans; nothing where no curve says so."""
    late = aid.years_late()
    if late is None:
        return Both("", "")
    share, (low, middle, high) = whole_percent(ENOUGH), map(_late, late)
    return Both(
        f"Going by past plans, {share}% of the work would be done {middle.en} at the median "
        f"(80%: {low.en} to {high.en}).",
        f"据以往计划，完成{share}%工作量的时间：中位数为{middle.zh}（80%区间：{low.zh}至{high.zh}）。",
    )


def costs_heading(aid: AidPortfolio) -> Heading:
    """Return the heading of the batches, with the plan's cost beside the class."""
    return Heading(Both("Batches, and what a project costs", "各批次与单个项目费用"), _cost_sentence(aid))


def curve_heading(aid: AidPortfolio) -> Heading:
    """Return the heading of the curves of plans of the past, and of how many there are reports."""
    found = [(KINDS[what], curve.plans) for what, curve in aid.curves.items()]
    title = Both("How plans of the past went", "以往计划的执行进度")
    if not found:
        return Heading(title, outlook_sentence(aid))
    counts = [(kind, _only(plans), plans) for kind, plans in found]
    english = "; ".join(f"{kind.en}, {only.en}{plans}" for kind, only, plans in counts)
    chinese = "，".join(f"{kind.zh}{only.zh}{plans}个" for kind, only, plans in counts)
    return Heading(
        title,
        Both(
            f"Past plans that reported, by what they reported: {english}.",
            f"有报道的以往计划，按内容计：{chinese}。",
        ),
    )


def _only(plans: int) -> Both:
    """Return the word that says a number of plans is small, or nothing."""
    return Both("only ", "仅") if plans < SMALL else Both("", "")


def _plans_reporting(what: str, plans: int, *, first: bool) -> Both:
    """Return how many past plans reported what: `only 4 past plans reported work done or money spent`, `3 …`."""
    only, kind = _only(plans), KINDS[what]
    reported = "past plans reported " if first else ""
    return Both(f"{only.en}{plans} {reported}{kind.en}", f"{only.zh}{plans}个以往计划报道过{kind.zh}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _reports_of(aid: AidPortfolio, what: str) -> list[str]:
    """Return the statements behind a curve."""
    ids: list[str] = aid.points.filter(aid.points["what"] == what)["ids"].explode().drop_nulls().to_list()
    return ids


def _count_words(aid: AidPortfolio) -> Both:
    """Return how many of the planned projects would be completed at the end of the term; nothing without a curve."""
    count = aid.count(COMPLETED, aid.plan.end)
    if count is None:
        return Both("", "")
    least, most_likely, most = count.interval(80)
    return Both(
        f", about {most_likely} of {count.of} (80%: {least} to {most})",
        f"，{count.of}个中约{most_likely}个（80%区间{least}至{most}个）",
    )


def _why_they_differ(aid: AidPortfolio) -> Both:
    """Return by how much work was ahead of completed projects in the past plans that reported both on one day."""
    both = aid.completed_beside_done
    if both.is_empty():
        return Both("; no past plan reported both on one day", "；没有以往计划在同一天报道过两者")
    ahead, last = int((both["done"] > both["completed"]).sum()), both.row(-1, named=True)
    of = Both(f"{ahead} of the {both.height}", f"{both.height}个以往计划中有{ahead}个")
    if ahead == both.height:
        of = Both(f"each of the {both.height}", f"{both.height}个以往计划均是")
    places = aid.known.places
    giver = short_name(last["partner"], places) if last["partner"] else Both("all givers", "各援助方")
    place = short_name(last["place"], places)
    done, completed = (fraction_percent(last[name]).cite(last["ids"]) for name in ("done", "completed"))
    return Both(
        (
            f"; work counts before its project is completed, and was ahead in {of.en} past plans "
            f"that reported both on one day (most recently {giver.en} for {place.en}, {last['on'].year}: ",
            done,
            " of the work done, ",
            completed,
            " of the projects completed)",
        ),
        (
            f"；工作量在项目完工之前即已计入，同一天报道过两者的{of.zh}工作量在前"
            f"（最近为{last['on'].year}年{giver.zh}援助{place.zh}：工作量完成",
            done,
            "，项目完工",
            completed,
            "）",
        ),
    )


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
