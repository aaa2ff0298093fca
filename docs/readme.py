"""Write what README.md shows of the project's own results, and the table of registers in data/README.md.

    python docs/readme.py

Picture and numbers of Irkeshtam are as of 30 November 2023, from what had been published by then; the last line is what
was published later.
"""

import datetime as dt
import re
from pathlib import Path

import polars as pl

from analysis.core.periods import Edition
from analysis.desks import port
from analysis.desks.port import Outlook
from analysis.pages.parts import fonts, theme
from analysis.pages.port import charts
from analysis.pages.words import dates, rounding
from analysis.runtime import files
from analysis.sources.evidence import Evidence
from analysis.sources.registers import REGISTERS, described

ROOT = Path(__file__).resolve().parents[1]
PICTURE = "irkeshtam-2023-11.svg"
AS_OF = dt.date(2023, 11, 30)

#: January to November 2023, published on 30 December 2023.
LATER = "0313f12294"

_BLOCK = re.compile(r"(?s)(<!-- (\w+): written by docs/readme.py -->\n).*?(\n<!-- end of \2 -->)")


def outlook() -> Outlook:
    """Return the outlook of Irkeshtam as its page of November 2023 has it."""
    return port.outlook(Evidence.read(), place="irkeshtam", mode="road", edition=Edition.of("2023-11"))


def picture(result: Outlook) -> str:
    """Return the chart of years as SVG that carries the characters of its own font."""
    theme.enable()
    drawing = theme.svg(charts.path(result).chart().to_dict())
    words = "".join(re.findall(r">([^<]+)<", drawing))
    return re.sub(r"(<svg [^>]*>)", rf"\1<style>{fonts.subset_css(words)}</style>", drawing, count=1)


def numbers(result: Outlook) -> str:
    """Return the table that compares the reconstruction with the figure published later."""
    spans = {
        "The whole of 2023": (dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        "January to November 2023": (dt.date(2023, 1, 1), dt.date(2023, 11, 30)),
    }
    rows = ["| Irkeshtam | median | 80% interval | 95% interval |", "|---|---|---|---|"]
    for name, span in spans.items():
        total = pl.Series(result.reconstruction.total(*span))
        middle, *ends = (float(total.quantile(q, "linear") or 0) for q in (0.5, 0.1, 0.9, 0.025, 0.975))
        eighty, ninetyfive = (rounding.tonnes_interval(middle, *pair).en for pair in (ends[:2], ends[2:]))
        rows.append(
            f"| {name}, known by {dates.date_words(AS_OF).en} | {rounding.tonnes(middle, *ends[:2]).en} | {eighty} "
            f"| {ninetyfive} |"
        )
    later = result.known.evidence.statements.row(by_predicate=pl.col("statement_id") == LATER, named=True)
    published = f"{dates.span_words(later['period_start'], later['period_end']).en}, published on"
    rows.append(
        f"| {published} {dates.date_words(later['published_on']).en} | {rounding.tonnes(later['value']).en} | | |"
    )
    return "\n".join(rows)


def with_table(text: str, table: str) -> str:
    """Return a text with the table between its marks replaced."""
    return _BLOCK.sub(lambda marks: f"{marks[1]}{table}{marks[3]}", text)


def main() -> None:
    """Write the picture and the tables."""
    result = outlook()
    files.write_all(ROOT / "docs" / "images", {PICTURE: picture(result).encode()})
    for folder, table in ((ROOT, numbers(result)), (ROOT / "data", described(REGISTERS, ROOT / "data"))):
        text = (folder / "README.md").read_text(encoding="utf-8")
        files.write_all(folder, {"README.md": with_table(text, table).encode()})


if __name__ == "__main__":
    main()
