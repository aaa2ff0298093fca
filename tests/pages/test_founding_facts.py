"""Every fact of the second founding document stands on a page of the region, traceable to its statement."""

import json
import re

import pytest

from tests.evidence import bundled
from tests.repository import ROOT

PUBLISHER = "Xinjiang Daily / Xinjiang Foreign Affairs Office"
PAGES = ("region_overview", "closure_impact", "trade_growth")


def cited(notebook: str) -> set[str]:
    """Return the statements that numbers and links of a stored page lead to."""
    stored = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    words = json.dumps([cell.get("outputs", []) for cell in stored["cells"]])
    lists = re.findall(r'"trace": \[([^\]]*)\]', words)
    return {one for ids in lists for one in re.findall(r"[0-9a-f]{10}", ids)} | set(
        re.findall("#s-([0-9a-f]{10})", words)
    )


FACTS = bundled().statements.filter(bundled().statements["publisher"] == PUBLISHER)["statement_id"].to_list()


def test_the_document_has_its_six_facts():
    """14 perennial and 1 seasonal port open, 37.83 billion yuan, +34.9%, nearly 50%, road freight close to 2019."""
    values = sorted(bundled().statements.filter(bundled().statements["publisher"] == PUBLISHER)["value"])
    assert values == [0.0, 0.349, 0.5, 1.0, 14.0, 37.83e9]


@pytest.mark.parametrize("statement_id", FACTS)
def test_a_fact_of_the_second_founding_document_stands_on_a_page(statement_id):
    assert any(statement_id in cited(page) for page in PAGES)
