"""The line below a chart: its main numbers, each with the statements that bear on it."""

from analysis.desks.port import Outlook
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both, Cell


def total_foot(outlook: Outlook) -> Cell:
    """Return the total of the edition's year and its interval."""
    row, behind, amounts = outlook.year(), outlook.behind_year(), traffic(outlook).amounts
    total = amounts.total(row["median"], row["lower80"], row["upper80"]).cite(behind)
    interval = amounts.interval(row["median"], row["lower80"], row["upper80"]).cite(behind)
    year = outlook.edition.year
    return Both((f"{year}: ", total, ", 80%: ", interval, "."), (f"{year}年：", total, "，80%区间", interval, "。"))
