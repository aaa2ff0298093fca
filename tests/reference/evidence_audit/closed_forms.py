"""Revision and completeness indicators, printed sums and dates of the audit; this file writes values.json.

- Mean revision, mean absolute revision and their ratio to the last figures are the indicators A6 and A7 of the European
  Statistical System's quality and performance indicators; Insee prints the first two for its indices (0.59 and 0.90 in
  its account of revisions, id.insee.fr, method S.17.2). Indicator R1, data completeness, is cells provided over cells
  required.
- The total of Iranian oil trade of the first quarter of 2024 as printed (4.815 billion dollars) is not the sum of the
  printed exports (4.163) and imports (0.022): en.energytoday.ir. Exports of 4.793 would make it one; that two digits
  were turned round is our reading.
- Crossings at El Paso, January to September 2021: 98,000 fewer than in 2019 (-21.2%), 52,000 more than in 2020 (+16.8%)
  (mexicotoday.com/?p=8046). Each pair implies a level: change * (1 + rate) / rate.
- One million tonnes at Irkeshtam on 15 August 2024, 79 days earlier than in 2023 (government of Wuqia county,
  xjwqx.gov.cn, August 2024): by the calendar 2 November 2023; by the number of the day in the year, of which 2024 has
  one more before August, 3 November. The same text has January to July 2024: 930,200 tonnes (+49.2%) and 84,523
  vehicles (+35%).
"""

import datetime as dt
import json
from pathlib import Path


def revision_indicators(first: list[float], last: list[float]) -> dict[str, float]:
    moved = [b - a for a, b in zip(first, last, strict=True)]
    return {
        "mr": sum(moved) / len(moved),
        "mar": sum(map(abs, moved)) / len(moved),
        "rmar": round(sum(map(abs, moved)) / sum(map(abs, last)), 10),
    }


def level(change: float, rate: float) -> int:
    return round(change * (1 + rate) / rate)


def earlier_mark(day: dt.date, days: int) -> list[str]:
    by_calendar = (day + dt.timedelta(days=days)).replace(year=day.year - 1)
    number = day.timetuple().tm_yday + days
    by_number = dt.date(day.year - 1, 1, 1) + dt.timedelta(days=number - 1)
    return sorted({by_calendar.isoformat(), by_number.isoformat()})


def main() -> None:
    first, last = [10, 20, 30, 40], [11, 19, 30, 42]
    values = {
        "mean_revision": {"first": first, "last": last, **revision_indicators(first, last)},
        "completeness": {"required": 144, "provided": 81, "r1": 81 / 144},
        "energytoday": {
            "total": 4.815, "exports": 4.163, "imports": 0.022,
            "sum": round(4.163 + 0.022, 3), "gap": round(4.815 - 4.163 - 0.022, 3),
            "likely_exports": round(4.815 - 0.022, 3),
        },
        "el_paso": {
            "on_2019": [-98000, -0.212], "on_2020": [52000, 0.168],
            "level_from_2019": level(-98000, -0.212), "level_from_2020": level(52000, 0.168),
        },
        "irkeshtam_79_days": {"day_2024": "2024-08-15", "earlier_by": 79,
                              "date_2023": earlier_mark(dt.date(2024, 8, 15), 79)},
        "irkeshtam_2024": {
            "tonnes": 930200, "tonnes_yoy": 0.492, "base_2023": round(930200 / 1.492),
            "vehicles": 84523, "vehicles_yoy": 0.35, "vehicle_base_2023": round(84523 / 1.35),
        },
    }  # fmt: skip
    Path(__file__).with_name("values.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
