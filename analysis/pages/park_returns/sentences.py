"""The sentences of a park's returns, and the heading that says whether any of it is real."""

from analysis.desks.park_returns import Accounts, Progress
from analysis.pages.parts.sentences import Heading, Sentences
from analysis.pages.words.cells import Both, Part, join_cells
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.rounding import percent, percent_to_a_tenth, yuan, yuan_amount, yuan_interval


def heading(progress: Progress) -> Heading:
    """Return the heading of what the firms' returns say, and whether any of it is real."""
    count = len(progress.firms)
    if not progress.illustrative:
        return Heading(
            Both("What the firms returned", "企业报表"),
            Both(
                f"From the returns of {count} firms. The target is a published expectation.",
                f"根据{count}家企业的月度报表。目标为公开预期。",
            ),
        )
    return Heading(
        Both("Illustration: how this page looks with firm returns", "示意：有企业报表时本页的样子"),
        Both(
            f"Everything below is made up and says nothing about the park: {count} invented firms show what the page "
            "would say if firms sent in monthly returns. Only the target is real, a published expectation; the "
            "invented output is compared with it and added to nothing.",
            f"以下内容均为虚构，与园区实际情况无关：用{count}家虚构企业演示企业按月报送后本页的内容。只有目标是真实的"
            "公开预期；虚构产值只与它对照，不计入任何结果。",
        ),
        illustrative=True,
    )


def summary(progress: Progress, accounts: Accounts) -> Sentences:
    """Return where the year ends, why, and what it is at constant prices; marked where nothing of it is real."""
    mark = Both("Illustrative, not real: ", "示意数据，并非真实：") if progress.illustrative else Both("", "")
    end = progress.months.row(-1, named=True)
    ends = (end["cumulative_cny"], end["lower80"], end["upper80"])
    value, span = yuan_amount(*ends), yuan_interval(*ends)
    year = progress.year
    english: list[Part] = [f"{mark.en}{year} ends at ", value, " (80%: ", span, ")"]
    chinese: list[Part] = [f"{mark.zh}{year}年预计", value, "（80%区间", span, "）"]
    if progress.probability is not None and progress.target_cny is not None:
        words, chance, goal = (
            likelihood_clause(progress.probability),
            percent(progress.probability),
            yuan(progress.target_cny),
        )
        english += [f", and {words.en} (", chance, ") that it reaches ", goal]
        chinese += ["，达到", goal, f"的{words.zh}（概率", chance, "）"]
    first = Both(join_cells(*english, "."), join_cells(*chinese, "。"))
    return Sentences((first, _why(progress), _accounts(accounts)))


def _why(progress: Progress) -> Both:
    """Return what the prediction rests on: season, ramp-up, firms that are late, and what flat months would say."""
    outputs, late = progress.outputs, progress.late
    season = {
        "returns": Both("the season of the returns", "报表自身的季节性"),
        "given": Both("a given season", "给定的季节性"),
        "none": Both("no season, as the returns span less than two years", "未计季节性（报表不足两年）"),
    }[outputs.season_source]
    ramp = Both("no young firm", "无新投产企业")
    if outputs.half_age is not None:
        months = f"{outputs.half_age:.1f}".removesuffix(".0")
        ramp = Both(
            f"young firms that reach half of their output after {months} months",
            f"新企业投产约{months}个月达到一半产能",
        )
    english: list[Part] = [f"It rests on {season.en} and {ramp.en}"]
    chinese: list[Part] = [f"依据：{season.zh}，{ramp.zh}"]
    if late:
        english.append(
            f"; {late} firms have not returned the last months"
            if late > 1
            else "; 1 firm has not returned the last months"
        )
        chinese.append(f"；{late}家企业最近几个月尚未报送")
    if progress.flat_probability is not None:
        english += ["; flat months would put the chance at ", percent(progress.flat_probability)]
        chinese += ["；若按各月持平推算，概率为", percent(progress.flat_probability)]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _accounts(accounts: Accounts) -> Both:
    """Return growth at constant prices, and what was added by a yuan of output."""
    row = accounts.years.row(-1, named=True)
    added = yuan(row["value_added_cny"])
    growth = accounts.single["volume_growth"][-1]
    english: list[Part] = [f"In the first {accounts.months} months value added was ", added]
    chinese: list[Part] = [f"前{accounts.months}个月增加值", added]
    if growth is not None:
        english += [", and output grew by ", percent_to_a_tenth(growth), " at constant prices"]
        chinese += ["，总产值按可比价格增长", percent_to_a_tenth(growth)]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))
