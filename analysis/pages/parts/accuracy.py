"""How good forecasts from past months were: the error by months ahead drawn, and the scores of a row."""

from typing import Any

import altair as alt
import polars as pl

from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.phrases import MODELS
from analysis.pages.words.rounding import fraction_percent, score

#: The colour of each model, the same in every chart of a record.
COLOUR = alt.Color(
    "model:N", scale=alt.Scale(domain=list(MODELS), range=[theme.BLUE, theme.ORANGE]), legend=None
)  # fmt: skip

#: The headings of the scores of one row.
SCORE_COLUMNS = (
    "#MASE", "#RMSSE", Both("#Scaled quantile loss", "#标度分位数损失"), Both("#Scaled CRPS", "#标度CRPS"),
    Both("#In 80%", "#80%区间内"), Both("#In 95%", "#95%区间内"),
)  # fmt: skip

#: What the scores mean, for the foot of a table.
SCORE_NOTE = Both(
    "A forecast is one series from one origin. MASE below 1 is better than the mean change from year to "
    "year. Of all scores less is better; coverage of 80% and 95% is best. After a shock: the panel's "
    "errors of the last months were 1.5 times the usual ones.",
    "一个预测指一条序列在一个起点上的预测。MASE低于1，表示误差小于历史上的平均同比变动。各项评分越小越好；"
    "区间内的比例以80%和95%为最佳。“冲击刚过”指各序列最近几个月的误差达到平时的1.5倍。",
)

_REGIMES = {"all origins": "全部起点", "after a shock": "冲击刚过", "calm": "平稳时期"}


def score_rows(whole: pl.DataFrame, regimes: pl.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table of scores: over all origins, then by what was known at them.

    Parameters
    ----------
    whole, regimes
        Summaries of a backtest: by model, and by model and regime.
    """
    rows = pl.concat([whole.with_columns(regime=pl.lit("all origins")).select(regimes.columns), regimes])
    return tuple(_score_row(row) for row in rows.iter_rows(named=True))


def error_by_horizon(horizons: pl.DataFrame) -> Figure:
    """Return the mean scaled error of each model by months ahead, named at the right end.

    Parameters
    ----------
    horizons
        A backtest's summary by model and horizon.
    """
    every = all_labels(horizons, _horizon_label)
    return Figure(
        title=Both(
            "Error by months ahead, mean absolute scaled error (MASE)", "各预测步长的误差：平均绝对标度误差（MASE）"
        ),
        notes=(
            Both(
                "1 is the mean change from one year to the next in the history of each series.",
                "1相当于各序列历史上的平均同比变动。",
            ),
        ),
        alt=Both(
            f"Mean absolute scaled error by months ahead. {every.en}.", f"各预测步长的平均绝对标度误差。{every.zh}。"
        ),
        draw=lambda look: _draw(horizons, look),
        height=220,
    )


def with_model_names(table: pl.DataFrame, look: Look) -> pl.DataFrame:
    """Return rows with the name of their model in one language."""
    names = [look.say(MODELS.get(model, model)) for model in table["model"]]
    return table.with_columns(pl.Series("name", names, dtype=pl.String))


def _draw(horizons: pl.DataFrame, look: Look) -> Any:
    table = with_labels(horizons, _horizon_label, look.lang)
    last = int(table["horizon"].max())  # type: ignore[arg-type]
    room = 1 + last * (0.32 if look.narrow else 0.2)
    x = alt.X(
        "horizon:Q",
        axis=alt.Axis(title=look.say(Both("months ahead", "提前月数")), values=list(range(1, last + 1)), grid=False),
        scale=alt.Scale(domain=[0.5, last + room], nice=False),
    )
    y = alt.Y("mase:Q", axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False), scale=alt.Scale(zero=True))
    base = alt.Chart(table).encode(x, y, COLOUR)
    points = base.mark_point(filled=True, size=40, opacity=1).encode(description="label:N", tooltip="label:N")
    ends = with_model_names(table.filter(pl.col("horizon") == last), look)
    names = alt.Chart(ends).mark_text(align="left", dx=10, fontWeight=700, aria=False)
    return alt.layer(base.mark_line(aria=False), points, names.encode(x, y, COLOUR, text="name:N"))


def _horizon_label(row: dict[str, Any]) -> Both:
    """Return `seasonal naive, 3 months ahead: 0.774`."""
    name, ahead, value = MODELS.get(row["model"], Both(row["model"], row["model"])), row["horizon"], score(row["mase"])
    months = "month" if ahead == 1 else "months"
    return Both(f"{name.en}, {ahead} {months} ahead: {value.en}", f"{name.zh}，提前{ahead}个月：{value.zh}")


def _score_row(row: dict[str, Any]) -> tuple[Cell, ...]:
    numbers = (
        Both("none", "无") if row[name] is None else score(row[name]) for name in ("mase", "rmsse", "sql", "crps")
    )
    covered = (fraction_percent(row[f"coverage_{level}"]) for level in (80, 95))
    count = Number(str(row["n"]), str(row["n"]), (float(row["n"]),))
    regime = Both(row["regime"], _REGIMES.get(row["regime"], row["regime"]))
    return (MODELS.get(row["model"], row["model"]), regime, count, *numbers, *covered)
