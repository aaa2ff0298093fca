"""The three sentences of the ways: how long and how sure, on what it hangs, and what claims fit."""

from analysis.desks.corridor import Corridor, Way
from analysis.pages.corridor.words import leg_names, route_words, saving_words
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Part, join_cells
from analysis.pages.words.dates import date_words
from analysis.pages.words.durations import duration, duration_interval
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.rounding import fraction_percent, percent, plain


def summary(corridor: Corridor) -> Sentences:
    """Return how long the ways take, what decides between them, and which published claims fit."""
    return Sentences((_times(corridor), _deciding(corridor), _claims(corridor)))


def _times(corridor: Corridor) -> Both:
    if corridor.fastest is None:
        day = date_words(corridor.known.as_of)
        return Both(
            f"By {day.en} too little was published about the legs from Jiangsu to Tashkent to add them up.",
            f"截至{day.zh}，江苏至塔什干各段公布的内容不足以相加。",
        )
    first = corridor.way(corridor.fastest.order[0])
    took, other = _took(first), _took(corridor.way(corridor.rival)) if corridor.rival else Both("", "")
    rival = route_words(corridor.rival) if corridor.rival else Both("", "")
    chance = percent(corridor.fastest.best[first.route]).cite(first.ids)
    name = route_words(first.route)
    english: list[Part] = ["From Lianyungang to Tashkent goods take ", *_parts(took.en), f" {name.en}"]
    chinese: list[Part] = [f"连云港至塔什干，{name.zh}需", *_parts(took.zh)]
    if corridor.rival:
        english += [", ", *_parts(other.en), f" {rival.en}"]
        chinese += [f"，{rival.zh}需", *_parts(other.zh)]
    english += ["; the former is the fastest way with a probability of ", chance]
    chinese += ["；前者最快的概率为", chance]
    otherwise = _published_otherwise(corridor)
    return Both(join_cells(*english, *_parts(otherwise.en), "."), join_cells(*chinese, *_parts(otherwise.zh), "。"))


def _published_otherwise(corridor: Corridor) -> Both:
    """Return the published times of both ways where they are in the opposite order, as a clause."""
    if not corridor.is_published_otherwise or corridor.fastest is None or corridor.rival is None:
        return Both("", "")
    numbers: list[Part] = []
    years: list[int] = []
    for route in (corridor.fastest.order[0], corridor.rival):
        row = corridor.published_hours(route)
        assert row is not None
        numbers.append(duration(row["value"]).cite([row["statement_id"]]))
        years.append(row["since"].year)
    return Both(
        (", but as published it is the other way round: ", numbers[0], f" ({years[0]}) against ", numbers[1],
         f" ({years[1]})"),
        ("，而公布的时间正相反：前者", numbers[0], f"（{years[0]}年），后者", numbers[1], f"（{years[1]}年）"),
    )  # fmt: skip


def _parts(cell: object) -> tuple[Part, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


def _took(way: Way) -> Both:
    """Return median and interval: `10.7 days (80%: 5.8 to 22 days)`."""
    assert way.hours is not None
    ends = (way.hours.median, way.hours.p10, way.hours.p90)
    number, span = duration(*ends).cite(way.ids), duration_interval(*ends).cite(way.ids)
    return Both((number, " (80%: ", span, ")"), (number, "（80%区间", span, "）"))


def _deciding(corridor: Corridor) -> Both:
    if corridor.deciding.is_empty() or corridor.fastest is None:
        return _pilot(corridor)
    row = corridor.deciding.row(0, named=True)
    first = corridor.way(corridor.fastest.order[0])
    name = leg_names(corridor)[row["leg"]]
    ids = next((each.hour_ids for way in corridor.ways for each in way.legs if each.leg.leg == row["leg"]), ())
    share, low, high = (
        fraction_percent(row[column]).cite(ids) for column in ("share", "chance_at_low", "chance_at_high")
    )
    ahead, behind = route_words(first.route), route_words(corridor.rival or "")
    border = "" if first.border_share is None else fraction_percent(first.border_share).cite(first.ids)
    return Both(
        (f"What decides is {name.en}: ", share, f" of the difference hangs on it; the way {ahead.en} is faster than "
         f"the one {behind.en} with a chance of ", low, " if that leg is in its fastest tenth, of ", high,
         " if in its slowest; borders take ", border, " of the time of the fastest way."),
        (f"起决定作用的是{name.zh}：差距的", share, f"取决于它；其处于最快一成时，{ahead.zh}快于{behind.zh}的概率为",
         low,
         "，处于最慢一成时为", high, "；最快路线的边境用时占", border, "。"),
    )  # fmt: skip


def _pilot(corridor: Corridor) -> Both:
    pilot = corridor.pilot
    if pilot is None:
        return Both("No run was measured leg by leg.", "没有逐段实测的运行。")
    hours = duration(pilot.hours).cite(pilot.statement_ids)
    fewest, most = pilot.unexplained[0], pilot.unexplained[1]
    left = duration_interval((fewest + most) / 2, fewest, most).cite(pilot.statement_ids)
    kilometres = plain(pilot.km)
    return Both(
        (f"The pilot run of 2017 went {kilometres} km from Tashkent to Kashgar in ", hours,
         ", of which neither driving nor borders explain ", left, "."),
        (f"2017年试运行塔什干至喀什{kilometres}公里用时", hours, "，其中", left, "既非行驶也非过境可以解释。"),
    )  # fmt: skip


def _claims(corridor: Corridor) -> Both:
    judged = [each for each in corridor.savings if each.measure == "time_saved_hours" and each.chance is not None]
    if not judged:
        return _untested(corridor)
    claim = max(judged, key=lambda each: each.low)
    assert claim.chance is not None
    said = saving_words(claim)
    words, chance = likelihood_clause(claim.chance), percent(claim.chance).cite([claim.statement_id])
    english: list[Part] = [
        f"By the sum of the legs {words.en} (", chance, ") that the way by Irkeshtam saves ", said, " against Horgos",
    ]  # fmt: skip
    chinese: list[Part] = ["按各段相加，经伊尔克什坦较霍尔果斯节省", said, f"的{words.zh}（概率", chance, "）"]
    beyond = _not_fitting(corridor)
    return Both(join_cells(*english, beyond.en, "."), join_cells(*chinese, beyond.zh, "。"))


def _untested(corridor: Corridor) -> Both:
    """Return that savings of time and cost cannot be tested, and which lengths do not fit."""
    beyond = _not_fitting(corridor)
    return Both(
        join_cells(
            "Published savings of time and cost cannot be tested: the hours and dollars of the legs were not published",
            beyond.en, ".",
        ),
        join_cells("各段时间和费用未公布，所称节省的时间和费用无从检验", beyond.zh, "。"),
    )  # fmt: skip


def _not_fitting(corridor: Corridor) -> Both:
    """Return the first two claims that do not fit the legs, as clauses."""
    claims = [saving_words(each) for each in corridor.savings if each.verdict in ("contradicted", "more_than_all")][:2]
    if not claims:
        return Both((), ())
    one = len(claims) == 1
    english: list[Part] = ["; a published saving of ", claims[0]]
    chinese: list[Part] = ["；公布的节省", claims[0]]
    if not one:
        english += [" and one of ", claims[1]]
        chinese += ["、", claims[1]]
    english.append(" does not fit the legs" if one else " do not fit the legs")
    chinese.append("与各段不符")
    return Both(tuple(english), tuple(chinese))
