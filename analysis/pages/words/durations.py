"""Lengths of time in words: hours, minutes, days and months in the unit that suits them; and speeds."""

from analysis.pages.words.cells import Number
from analysis.pages.words.rounding import amount, without_commas


def duration(hours: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return a time in the unit that a reader would choose: minutes below one hour, days from three days on."""
    if hours < 1 / 60:
        return Number("under a minute", "不到1分钟", (hours,))
    scale, english, chinese = _time_unit(hours)
    if lower is None or upper is None:
        words = f"{hours / scale:.2g}" if hours / scale < 10 else f"{hours / scale:,.0f}"
    else:
        words = amount(hours, lower, upper, scale=scale).value
    return Number(f"{words} {english}", f"{without_commas(words)}{chinese}", (hours,))


def duration_interval(hours: float, lower: float, upper: float) -> Number:
    """Return an interval of a time in the unit of its middle: `9.1 to 14 days`; `9.1至14天`."""
    scale, english, chinese = _time_unit(hours)
    words = amount(hours, lower, upper, scale=scale)
    low, high = without_commas(words.lower), without_commas(words.upper)
    return Number(f"{words.interval} {english}", f"{low}至{high}{chinese}", (lower, upper))


def minutes_a_truck(minutes: float) -> Number:
    """Return the minutes of an inspection to a tenth: `3.2 minutes`; `3.2分钟`."""
    words = f"{minutes:.1f}"
    return Number(f"{words} minutes", f"{words}分钟", (minutes,))


def speed(kilometres_an_hour: float) -> Number:
    """Return a speed to a tenth: `29.7 km/h`; `每小时29.7公里`."""
    words = f"{kilometres_an_hour:.1f}"
    return Number(f"{words} km/h", f"每小时{words}公里", (kilometres_an_hour,))


def age(days: int) -> Number:
    """Return an age in the unit that a reader would choose: days, months or years."""
    if days < 62:
        return Number(f"{days} days", f"{days}天", (float(days),))
    if days < 730:
        months = round(days / 30.4375)
        return Number(f"{months} months", f"{months}个月", (float(days),))
    return Number(f"{days / 365.25:.1f} years", f"{days / 365.25:.1f}年", (float(days),))


def _time_unit(hours: float) -> tuple[float, str, str]:
    """Return the hours of the unit that a time is told in, and its names."""
    if hours < 1:
        return 1 / 60, "minutes", "分钟"
    return (1.0, "hours", "小时") if hours < 72 else (24.0, "days", "天")
