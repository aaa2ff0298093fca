"""G1: the target of a year as a bar, with what the year may end at on it, and the probability in words and number."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.park_returns import Progress
from analysis.pages.parts import theme
from analysis.pages.parts.axes import money_ticks, watermark
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.words.cells import Both, text
from analysis.pages.words.dates import month_words
from analysis.pages.words.phrases import likelihood
from analysis.pages.words.rounding import percent, yuan, yuan_amount, yuan_interval

_ILLUSTRATIVE = "ILLUSTRATIVE 示意"

#: Heights in pixels: words, curve, bar, names below it.
_WORDS, _CURVE, _BAR, _NAMES = 10, (24, 92), (98, 120), (134, 152)


def year_end(progress: Progress) -> Figure:
    """Return the bar of the target, what was returned inside it, and the predicted output of the year on it."""
    year, goal, chance = progress.year, yuan(progress.goal), _chance(progress)
    mark = Both("Illustrative, not real. ", "示意数据，并非真实。") if progress.illustrative else Both("", "")
    done, ahead = _returned(progress), _predicted(progress)
    return Figure(
        title=Both(
            f"{mark.en}Target of {year} and where the year may end, million yuan",
            f"{mark.zh}{year}年目标与全年可能结果，亿元",
        ),
        notes=(
            Both(
                "Bar: the target. Blue in it: returned by the firms. Curve above: how likely each output of the year "
                "is, dark from the target on.",
                "横条：目标。其中蓝色：企业已报送。上方曲线：全年产值各种结果的可能性，深色为达到目标的部分。",
            ),
        ),
        alt=Both(
            f"{mark.en}Target of {year}: {goal.en}. {done.en}. {text(ahead)} {text(chance)}.",
            f"{mark.zh}{year}年目标{goal.zh}。{done.zh}。{text(ahead, 'zh')}{text(chance, 'zh')}。",
        ),
        draw=lambda look: _draw(progress, look),
        foot=Both((chance, ". ", ahead), (chance, "。", ahead)),
        height=160,
        illustrative=progress.illustrative,
    )


def _draw(progress: Progress, look: Look) -> Any:
    """Return the curve over the bar; all of it on one axis of yuan from zero."""
    target, likely = progress.goal, progress.predictive
    reached = likely.filter(pl.col("output_cny") >= target)
    highest = max(target, progress.to_date_cny, *likely["output_cny"].tail(1))
    x = money_ticks("output_cny", look, scale=alt.Scale(domain=[0, 1.04 * highest], nice=False))
    top = float(likely["density"].max() or 1)  # type: ignore[arg-type]
    y = alt.Y("density:Q", axis=None, scale=alt.Scale(domain=[0, top], range=[_CURVE[1], _CURVE[0]]))
    foot = alt.Y2(datum=0)
    curve = [
        alt.Chart(table).mark_area(color=theme.BLUE, opacity=opacity, aria=False).encode(x, y, foot)
        for table, opacity in ((likely, 0.28), (reached, 0.6))
    ]
    goal = _at(target)
    line = goal.mark_rule(color=theme.ORANGE, strokeWidth=2, strokeDash=[5, 3], aria=False)
    return alt.layer(
        _bar(target, theme.SHADE, _BAR, look.say(_target(progress)), x),
        _bar(progress.to_date_cny, theme.BLUE, (_BAR[0] + 5, _BAR[1] - 5), look.say(_returned(progress)), x),
        *curve,
        line.encode(x, y=alt.value(_CURVE[0] - 6), y2=alt.value(_BAR[1] + 3)),
        _words(look.say(_chance(progress)), _WORDS, theme.INK, bold=True),
        _words(look.say(_returned(progress)), _NAMES[0], theme.BLUE),
        _words(look.say(_target(progress)), _NAMES[1], theme.ORANGE),
        *([watermark(_ILLUSTRATIVE, look)] if progress.illustrative else []),
    )


def _at(output: float, **columns: str) -> Any:
    """Return a chart of one row: an output in yuan, and any words beside it."""
    return alt.Chart(pl.DataFrame({"output_cny": [output], **{name: [words] for name, words in columns.items()}}))


def _bar(output: float, colour: str, height: tuple[int, int], label: str, x: alt.X) -> Any:
    """Return a horizontal bar from zero that says what it is."""
    bar = _at(output, label=label).mark_rect(color=colour)
    top, bottom = map(alt.value, height)
    return bar.encode(x, alt.X2(datum=0), y=top, y2=bottom, description="label:N", tooltip="label:N")


def _words(words: str, height: int, colour: str, *, bold: bool = False) -> Any:
    """Return words at the left edge of the drawing."""
    mark = alt.Chart(pl.DataFrame({"words": [words]})).mark_text(
        align="left", baseline="middle", color=colour, fontWeight="bold" if bold else "normal", fontSize=12, aria=False
    )
    return mark.encode(text="words:N", x=alt.value(2), y=alt.value(height))


def _chance(progress: Progress) -> Both:
    """Return `P(at least 725 million yuan (7.25亿元)): 34%, about one in three`."""
    goal, chance, word = (
        yuan(progress.goal),
        percent(progress.probability or 0.0),
        likelihood(progress.probability or 0.0),
    )
    return Both(
        ("P(at least ", goal, "): ", chance, f", {word.en}"),
        ("P（不低于", goal, "）：", chance, f"，{word.zh}"),
    )


def _returned(progress: Progress) -> Both:
    last = month_words(progress.months.filter(pl.col("made") == "returned")["time_period"][-1])
    done = yuan(progress.to_date_cny)
    return Both(f"Returned to {last.en}: {done.en}", f"截至{last.zh}已报送{done.zh}")


def _target(progress: Progress) -> Both:
    goal = yuan(progress.goal)
    return Both(f"Target: {goal.en}", f"目标：{goal.zh}")


def _predicted(progress: Progress) -> Both:
    """Return what the year is predicted to end at; nothing where every month was returned."""
    if progress.predictive.is_empty():
        return Both("", "")
    end = progress.months.row(-1, named=True)
    ends = (end["cumulative_cny"], end["lower80"], end["upper80"])
    value, interval = yuan_amount(*ends), yuan_interval(*ends)
    return Both(
        (f"Predicted for {progress.year}: ", value, ", 80%: ", interval, "."),
        (f"{progress.year}年预测", value, "，80%区间", interval, "。"),
    )
