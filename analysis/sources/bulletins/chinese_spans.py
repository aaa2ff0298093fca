"""Chinese words for spans of time: 1至10月, 前三季度, 截至4月2日, 今年以来, 上年同期."""

import datetime as dt
import re
from collections.abc import Callable

from analysis.core.periods import FIRST_FLOW_YEAR
from analysis.sources.bulletins.holidays import NAMES, holiday
from analysis.sources.bulletins.numbers import chinese_number
from analysis.sources.bulletins.spans import TimeWords

_HANZI = "零〇一二三四五六七八九"
_YEAR_WORDS = {"今年": 0, "本年度": 0, "本年": 0, "当年": 0, "年内": 0, "去年": -1, "前年": -2, "明年": 1}
_YEAR = rf"(?:(?P<year>(?:19|20)\d{{2}}|[{_HANZI}]{{4}})年度?|(?P<word>{'|'.join(_YEAR_WORDS)}))"
_LAST_YEAR = _YEAR.replace("<year>", "<year2>").replace("<word>", "<word2>")
_NUMBER = "(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"\s*(?:至|到|-|—|–|~)+\s*"
_MONTH, _MONTH2 = rf"(?P<month>{_NUMBER})月", rf"(?P<month2>{_NUMBER})月"
_DAY, _DAY2 = rf"(?P<day>{_NUMBER})(?:日|号)", rf"(?P<day2>{_NUMBER})(?:日|号)"
_HOUR = r"(?:\d{1,2}[时点](?:许|整)?)?"
_SAID = (
    r"(?=(?:\d{1,2}时)?(?:公布|发布|通报|消息|透露|披露|发出|发表|介绍|称|说|讯|电(?!动|子|力)|获悉|从[^,。]{2,12}(?:获悉|了解)|表示|对外|"
    r"宣布|召开|举行|在[^,。]{2,10}(?:举行|表示|发布)))"
)
_SINCE = r"[^,。;、\d]{0,14}?(?:以来|至今(?!年)|起(?!来|点|步|重|初))"

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
#: First years of the five-year plans; from the third on they follow each other without a gap.
_PLANS = {"一五": 1953, "二五": 1958} | {
    f"{plan}五": 1966 + 5 * number
    for number, plan in enumerate(
        ["三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六"]
    )
}

_Build = Callable[[re.Match[str], dt.date], TimeWords]


def chinese_spans(text: str, published_on: dt.date) -> list[TimeWords]:
    """Return the spans of time that a folded Chinese text names, in their order; of two that overlap the earlier rule.

    Parameters
    ----------
    text
        A text as `text.folded` returns it.
    published_on
        The day of publication, to which 今年, 去年, 上季度 and 上个月 refer.
    """
    found: list[TimeWords] = []
    for pattern, build in _RULES:
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                words = build(match, published_on)
                if words.year is None or FIRST_FLOW_YEAR <= words.year <= published_on.year + 40:
                    found.append(words)
    return sorted((_compared(text, words) for words in found), key=lambda words: words.start)


def _compared(text: str, words: TimeWords) -> TimeWords:
    """Mark words that name the base of a comparison: 较2019年同期, 比上年, 超过2023年全年."""
    before, after = text[max(0, words.start - 8) : words.start], text[words.end : words.end + 6]
    if words.kind == "same" or re.match(r"(?:全年)?(?:同期|同月|同季|相比|水平|总量|总数)", after):
        return words.as_base()
    if re.search(r"(?:较|比|相比|相较于?|超过?了?|多于|高于|低于|少于|不及|相当于|同比|恢复到|恢复至)$", before):
        return words.as_base()
    if re.search(r"(?:与|同|和|是|为)$", before) and re.match(r"(?:全年)?(?:的|相比|持平)", after):
        return words.as_base()
    return words


def _number(text: str | None) -> int:
    return int(chinese_number(text) or 0) if text else 0


def _year(match: re.Match[str], published_on: dt.date, suffix: str = "") -> int | None:
    """Return the year that a match names, None if none."""
    groups = match.groupdict()
    word, year = groups.get(f"word{suffix}"), groups.get(f"year{suffix}")
    if word:
        return published_on.year + _YEAR_WORDS[word]
    if year:
        return int(
            year if year.isdigit() else "".join(str("零一二三四五六七八九".index(s.replace("〇", "零"))) for s in year)
        )
    return None


def _span(kind: str, first: str | None, last: str | None) -> _Build:
    """Return what makes time words of a match: each end is a month or a month and a day, by names of groups."""

    def build(match: re.Match[str], published_on: dt.date) -> TimeWords:
        ends = []
        for suffix in (first, last):
            groups = match.groupdict()
            month = _number(groups.get(f"month{suffix}")) if suffix is not None else 0
            month = month or (_number(groups.get("month")) if suffix is not None else 0)
            day = _number(groups.get(f"day{suffix}")) if suffix is not None else 0
            if suffix is not None and not month and not day:
                month, day = (1, 1) if suffix == first else (12, 0)
            elif suffix is not None and not month:
                month = published_on.month if day <= published_on.day else (published_on.month - 2) % 12 + 1
            ends.append((min(max(month, 1), 12), day) if suffix is not None else None)
        begin, end = ends
        if begin is not None and first != last and not begin[1]:
            begin = (begin[0], 1)
        if begin is not None and first == last and not begin[1]:
            begin, end = (begin[0], 1), (begin[0], 0)
        if kind == "since" and begin is not None:
            begin, end = (begin[0], begin[1] or 1), None
        years = _year(match, published_on), _year(match, published_on, "2")
        year = years[0] if years[0] is not None or first is not None else years[1]
        return TimeWords(match.start(), match.end(), kind, begin, end, year, years[1])

    return build


def _months(first: int, last: int) -> _Build:
    return lambda match, published_on: TimeWords(
        match.start(), match.end(), "span", (first, 1), (last, 0), _year(match, published_on)
    )


def _first_months(match: re.Match[str], published_on: dt.date) -> TimeWords:
    last = min(max(_number(match["count"]), 1), 12)
    return TimeWords(match.start(), match.end(), "span", (1, 1), (last, 0), _year(match, published_on))


def _quarter(match: re.Match[str], published_on: dt.date) -> TimeWords:
    quarter = _QUARTERS[match["quarter"]]
    return TimeWords(
        match.start(), match.end(), "span", (3 * quarter - 2, 1), (3 * quarter, 0), _year(match, published_on)
    )


def _to_quarter_end(match: re.Match[str], published_on: dt.date) -> TimeWords:
    last = (3 * _QUARTERS[match["quarter"]], 0)
    return TimeWords(match.start(), match.end(), "as_of", None, last, _year(match, published_on))


def _first_quarters(match: re.Match[str], published_on: dt.date) -> TimeWords:
    last = min(3 * _number(match["count"]), 12)
    return TimeWords(match.start(), match.end(), "span", (1, 1), (last, 0), _year(match, published_on))


def _before(months: int) -> _Build:
    """Return what makes time words of the last month or quarter that had ended before the month of publication."""

    def build(match: re.Match[str], published_on: dt.date) -> TimeWords:
        ended = published_on.year * 12 + (published_on.month - 1) // months * months - 1
        first = ended - months + 1
        return TimeWords(
            match.start(), match.end(), "span", (first % 12 + 1, 1), (ended % 12 + 1, 0), first // 12, ended // 12
        )

    return build


def _five_years(match: re.Match[str], _: dt.date) -> TimeWords:
    year = _PLANS[match["plan"]]
    return TimeWords(match.start(), match.end(), "span", (1, 1), (12, 31), year, year + 4)


def _kind(kind: str, *, default_year: int | None = None) -> _Build:
    def build(match: re.Match[str], published_on: dt.date) -> TimeWords:
        year = _year(match, published_on)
        if year is None and default_year is not None:
            year = published_on.year + default_year
        return TimeWords(match.start(), match.end(), kind, None, None, year)

    return build


def _to_year_end(match: re.Match[str], published_on: dt.date) -> TimeWords:
    year = _year(match, published_on)
    year = published_on.year if year is None else year
    return TimeWords(match.start(), match.end(), "span", (1, 1), (12, 31), year)


def _until_year_end(match: re.Match[str], published_on: dt.date) -> TimeWords:
    first = (published_on.month, published_on.day)
    return TimeWords(match.start(), match.end(), "span", first, (12, 31), published_on.year)


def _as_of_now(match: re.Match[str], published_on: dt.date) -> TimeWords:
    return TimeWords(match.start(), match.end(), "as_of", None, None, published_on.year)


def _holiday(match: re.Match[str], published_on: dt.date) -> TimeWords:
    return holiday(match, _year(match, published_on), published_on)


def _dotted(match: re.Match[str], _: dt.date) -> TimeWords:
    first, last = (int(match["month"]), 1), (int(match["month2"]), 0)
    return TimeWords(match.start(), match.end(), "span", first, last, int(match["year"]), int(match["year2"]))


def _whole_years(match: re.Match[str], _: dt.date) -> TimeWords:
    return TimeWords(match.start(), match.end(), "span", (1, 1), (12, 31), int(match["year"]), int(match["year2"]))


_AS_OF = r"(?:截至|截止到?|截至到|年初(?:以来)?(?:至|到)|至(?!今)|到(?!达))"
_OPT, _OPT2 = rf"(?:{_YEAR}(?:以来)?\s*,?\s*)?", rf"(?:{_LAST_YEAR}\s*)?"

_FROM_DAY = rf"{_OPT}{_MONTH}{_DAY}{_HOUR}"
_OPENED = r"(?:开行|开通|运营|开关)?"
_HOLIDAY = rf"[“\"'‘]?(?P<holiday>{NAMES}(?:节|[、和暨])?(?:{NAMES}节?)?)[”\"'’]?"
_FROM_TO, _UP_TO = _span("span", "", "2"), _span("as_of", None, "2")

#: Patterns to what they name; where two match the same words, the earlier one counts.
_RULES: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_DAY}{_SAID}", _kind("announced")),
        (rf"{_OPT}{_MONTH}{_DAY}{_SAID}", _kind("announced")),
        (r"(?P<year>\d{4})\.(?P<month>\d{1,2})\s*[-—–~至]\s*(?P<year2>\d{4})\.(?P<month2>\d{1,2})", _dotted),
        (r"(?P<year>(?:19|20)\d{2})年?" + _TO + r"(?P<year2>(?:19|20)\d{2})年", _whole_years),
        (rf"(?:自|从)?{_FROM_DAY}[^,。;、\d]{{0,10}}?{_TO}{_OPT2}(?:{_MONTH2})?{_DAY2}{_HOUR}", _FROM_TO),
        (rf"自{_YEAR}(?:{_MONTH})?[^,。;\d]{{0,14}}?{_TO}{_OPT2}{_MONTH2}{_DAY2}{_HOUR}", _FROM_TO),
        (rf"(?:自|从)?{_OPT}{_OPENED}{_MONTH}(?:份)?{_TO}{_OPT2}{_MONTH2}(?:份)?(?!\d?\d日)", _FROM_TO),
        (rf"{_OPT}(?P<month>{_NUMBER}){_TO}(?P<month2>{_NUMBER})个?月(?:份)?", _FROM_TO),
        (rf"(?:{_YEAR})?{_AS_OF}{_OPT2}{_MONTH2}(?:份)?{_DAY2}{_HOUR}", _UP_TO),
        (rf"(?:{_YEAR})?(?:截至|截止到?|年初至){_OPT2}{_MONTH2}(?:份)?(?:底|末|[上中下]旬)?", _UP_TO),
        (rf"(?:截至|截止到?){_OPT}(?:第)?(?P<quarter>[一二三四1-4])季度(?:末|底)?", _to_quarter_end),
        (rf"(?:截至|截止到?)(?P<day2>{_NUMBER})(?:日|号){_HOUR}", _UP_TO),
        (rf"(?:截至|截止到?){_YEAR}(?:底|末|年底|年末)", _to_year_end),
        (r"(?:截至|截止到?)(?:目前|发稿|记者发稿|当日|当前)", _as_of_now),
        (rf"(?:到|至){_OPT2}(?P<month2>{_NUMBER})月(?:底|末)", _UP_TO),
        (rf"(?:到|至){_YEAR}?(?:年底|年末|底|末)(?:前)?", _to_year_end),
        (rf"(?:自|从)?{_OPT}{_MONTH}(?:份)?{_DAY}{_SINCE}", _span("since", "", None)),
        (rf"(?:自|从)?{_OPT}{_MONTH}(?:份)?{_SINCE}", _span("since", "", None)),
        (rf"(?:自|从)?(?P<year>(?:19|20)\d{{2}})年{_SINCE}", _kind("since")),
        (r"(?:今年以来|年初以来|今年年初以来|本年以来|年内|开年以来|今年至今)", _kind("year", default_year=0)),
        (rf"{_OPT}[“\"'‘](?P<plan>十?[一二三四五六七八九十]五)[”\"'’](?:期间|时期|规划)?", _five_years),
        (rf"{_OPT}(?P<plan>十[一二三四五]五)(?:期间|时期)", _five_years),
        (rf"(?:{_YEAR}(?:的)?)?(?:前|头)(?P<count>{_NUMBER})个?月(?:份)?", _first_months),
        (rf"(?:{_YEAR}(?:的)?)?(?:前|头)(?P<count>[一二两三1-3])个?季度?", _first_quarters),
        (r"上(?:一)?个?季度", _before(3)),
        (rf"{_OPT}(?:第)?(?P<quarter>[一二三四1-4首])季度", _quarter),
        (rf"{_OPT}(?P<quarter>首)季", _quarter),
        (rf"{_OPT}{_HOLIDAY}(?:假期|假日|小长假|黄金周|长假|期间)?+(?!前|后|首|第|客|长?假?前)", _holiday),
        (rf"{_OPT}(?:春运(?:期间)?|{_HOLIDAY}(?:假期|假日|小长假|黄金周|长假)?)", _kind("unknown")),
        (r"上(?:一)?个?月(?!\d)", _before(1)),
        (rf"{_OPT}上半年", _months(1, 6)),
        (rf"{_OPT}下半年", _months(7, 12)),
        (rf"{_OPT}首月", _months(1, 1)),
        (rf"(?:{_YEAR}|上一?年度?)(?:的)?(?:同期|同月|同季)", _kind("same")),
        (r"(?<=[比较为是])上年|上年(?=增长|下降|减少|增加)|上一年度?|(?<=[比较])前一年|上年", _kind("same")),
        (r"(?<=比)同期|(?<=较)同期|(?<=历史)同期", _kind("same")),
        (r"同期", _kind("announced")),
        (rf"{_OPT}{_MONTH}(?:份)?{_DAY}", _span("span", "", "")),
        (rf"{_OPT}{_MONTH}(?:份|当月)?", _span("span", "", "")),
        (r"年底前", _until_year_end),
        (rf"{_YEAR}?全年", _kind("year")),
        (rf"{_YEAR}", _kind("year")),
    )
)  # fmt: skip
