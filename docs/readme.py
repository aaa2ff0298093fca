"""Write what README.md shows of the project's own results: the picture of Irkeshtam, and the numbers beside it.

    python docs/readme.py

Both are as of 30 November 2023, from what had been published by then; the last line is what was published later.
"""

import datetime as dt
import re
from pathlib import Path

import polars as pl

from analysis.desks import port
from analysis.desks.port import Outlook
from analysis.pages.parts import fonts, theme
from analysis.pages.port import charts
from analysis.pages.words import dates, rounding
from analysis.runtime import files
from analysis.sources import ledger

ROOT = Path(__file__).resolve().parents[1]
PICTURE = "irkeshtam-2023-11.svg"
AS_OF = dt.date(2023, 11, 30)

#: January to November 2023, published on 30 December 2023.
LATER = "0313f12294"

_BLOCK = re.compile(r"(?s)(<!-- numbers: written by docs/readme.py -->\n).*?(\n<!-- end of numbers -->)")


def outlook() -> Outlook:
    """Return the outlook of Irkeshtam as its page of November 2023 has it."""
    return port.outlook(ledger.read(), place="irkeshtam", mode="road", edition=f"{AS_OF:%Y-%m}", as_of=AS_OF)


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
    later = ledger.read().row(by_predicate=pl.col("statement_id") == LATER, named=True)
    published = f"{dates.span_words(later['period_start'], later['period_end']).en}, published on"
    rows.append(
        f"| {published} {dates.date_words(later['published_on']).en} | {rounding.tonnes(later['value']).en} | | |"
    )
    return "\n".join(rows)


def with_numbers(text: str, table: str) -> str:
    """Return the text of the README with its table replaced."""
    return _BLOCK.sub(lambda found: f"{found[1]}{table}{found[2]}", text)


def main() -> None:
    """Write the picture and the table."""
    result = outlook()
    readme = ROOT / "README.md"
    files.write_all(ROOT / "docs" / "images", {PICTURE: picture(result).encode()})
    files.write_all(ROOT, {readme.name: with_numbers(readme.read_text(encoding="utf-8"), numbers(result)).encode()})


if __name__ == "__main__":
    main()
