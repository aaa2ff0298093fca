"""A page is whole in itself: no request, text escaped, the parts where a reader looks for them."""

import base64
import io
import re
from html.parser import HTMLParser

import nbformat
import pytest
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.core.errors import ReportError
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.parts.table import Table
from analysis.pages.words.cell_html import HtmlWriter
from analysis.publishing.output import content, html
from analysis.publishing.output.page_writer import PageWriter

pytestmark = pytest.mark.usefixtures("without_fonts")

MADE = {
    "report": "one",
    "notebook": {"file": "small.ipynb", "sha256": "0" * 64},
    "parameters": {"place": "</script><script>alert(1)</script>"},
    "versions": {"silkport": "0.1.0"},
    "code": {"commit": None, "sha256": "0" * 64},
    "data": {"statements.csv": "0" * 64},
}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Resources(HTMLParser):
    """What a browser would load of a page, and which scripts it would run."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.scripts, self.handlers, self.ids = [], 0, [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        for name, value in attrs:
            if name in ("src", "srcset", "data", "poster", "background") or (
                name == "href" and tag not in ("a", "use")
            ):
                self.loaded.append(value)
            if name == "id":
                self.ids.append(value)
            self.handlers += [name] if name.startswith("on") else []


def record(**other):
    known = {"title": "Irkeshtam", "title_zh": "伊尔克什坦", "place": "irkeshtam", "edition": "2023-11"}
    return PageRecord(**(known | {"as_of": "2023-11-30"} | other))


def page_of(*shown):
    """Return the page of a notebook that shows the given bundles."""
    outputs = [new_output("display_data", data=bundle) for bundle in shown]
    cells = [new_code_cell("", outputs=[output]) for output in outputs]
    return html.render_page(content.read(new_notebook(cells=cells), name="one"), MADE).decode("utf-8")


@pytest.mark.parametrize("name", ["one.html", "index.html"])
def test_a_page_loads_nothing(edition, name):
    text = (edition / name).read_text(encoding="utf-8")
    resources = Resources(text)
    assert [address for address in resources.loaded if not address.startswith("data:")] == []
    assert "@import" not in text
    assert [
        found for found in re.findall(r"url\(\s*['\"]?([^)'\"]{0,9})", text) if not found.startswith(("data:", "#"))
    ] == []
    assert "default-src 'none'" in text


def test_a_page_shows_its_parts_in_order_and_no_code(edition):
    text = (edition / "one.html").read_text(encoding="utf-8")
    parts = [
        '<h1><span class="en" lang="en">Irkeshtam <span class="second" lang="zh-Hans">伊尔克什坦</span></span>',
        '伊尔克什坦 <span class="second" lang="en">Irkeshtam</span></span></h1>',
        '<p class="when"><span><span class="en" lang="en">November 2023</span>', "2023年11月</span></span>", "flash",
        "初值",
        "30 November 2023", "2023年11月30日", "25%", '<a href="#s-irk-1">1.1 million tonnes</a>', "Not shown, and why",
        "What passed",
        "<summary>How it was made</summary>", "货运量 2023", '<tr id="s-irk-1">',
        'href="one.xlsx"', 'href="one.csv"', 'href="one.ipynb"', 'href="one.json"',
    ]  # fmt: skip
    places = [text.index(part, text.index("<body>")) for part in parts]
    assert places == sorted(places)
    for absent in ("PageRecord", "display(", "Only for the desk", "Freight at a port"):
        assert absent not in text


def test_ids_are_unique(edition):
    ids = Resources((edition / "one.html").read_text(encoding="utf-8")).ids
    assert sorted(set(ids)) == sorted(ids)


def test_hostile_text_of_a_record_is_escaped():
    shown = record(
        title=HOSTILE, title_zh=HOSTILE, status=HOSTILE, headline=HOSTILE, sentences=(HOSTILE,), withheld=(HOSTILE,),
        statement_ids=(HOSTILE,), coverage=0.5,
    )  # fmt: skip
    resources = Resources(page_of(shown._repr_mimebundle_()))
    assert (resources.scripts, resources.handlers) == (1, [])
    assert [address for address in resources.loaded if address != "data:,"] == []


def test_hostile_outputs_are_cut():
    bundles = [{"text/html": HOSTILE}, {"text/markdown": HOSTILE}, {"text/plain": HOSTILE}, {"image/svg+xml": HOSTILE}]
    resources = Resources(page_of(record()._repr_mimebundle_(), *bundles))
    assert (resources.scripts, resources.handlers) == (1, [])


def test_the_fonts_hold_every_chinese_character_of_the_page(edition):
    text = (edition / "one.html").read_text(encoding="utf-8")
    regular = re.search(r"font-weight:400;.*?base64,([A-Za-z0-9+/=]+)", text)[1]
    known = TTFont(io.BytesIO(base64.b64decode(regular))).getBestCmap()
    body = text.split("</style>", 1)[1]
    assert {character for character in body if "\u4e00" <= character <= "\u9fff"} <= {chr(code) for code in known}
    assert len(text.encode("utf-8")) < 200_000


@pytest.mark.parametrize("count", [0, 2])
def test_a_notebook_shows_exactly_one_record(count):
    output = new_output("display_data", data=record()._repr_mimebundle_())
    cells = [new_code_cell("", outputs=[output]) for _ in range(count)]
    with pytest.raises(ReportError, match=f"shows {count} page records"):
        content.read(new_notebook(cells=cells), name="one")


def test_warnings_stay_out_of_a_page():
    outputs = [nbformat.from_dict({"output_type": "stream", "name": "stderr", "text": "a warning"})]
    outputs.append(new_output("display_data", data=record()._repr_mimebundle_()))
    shown = content.read(new_notebook(cells=[new_code_cell("", outputs=outputs)]), name="one")
    assert "a warning" not in shown.body


def rows_of(count, **other):
    """Return a table of so many rows, and the HTML of a page before and inside its fold."""
    table = Table("t", ("a",), tuple((f"row {place}",) for place in range(count)), **other)
    shown, _, folded = table.html(PageWriter("en")).partition("<details")
    return table, shown, folded


@pytest.mark.parametrize("count, folded", [(10, 0), (11, 3), (40, 32)])
def test_a_long_table_folds_its_rest(count, folded):
    """Eight rows are shown, unless two more are all there is."""
    _, shown, rest = rows_of(count)
    assert (shown.count("<td>"), rest.count("<td>")) == (count - folded, folded)
    assert (f"{folded} more rows" in rest) is bool(folded)
    assert rest.count("<th ") == bool(folded)


def test_ten_sources_are_shown_and_the_others_keep_their_anchors():
    anchors = tuple(f"s-{place}" for place in range(11))
    _, shown, rest = rows_of(11, anchors=anchors)
    assert 'id="s-9"' in shown
    assert "1 more statement<" in rest
    assert '<tr id="s-10">' in rest


def test_the_total_stays_in_sight():
    _, shown, rest = rows_of(30, total=True)
    assert '<tr class="total"><td>row 29</td>' in shown
    assert "row 28" in rest
    assert "row 29" not in rest


def test_years_from_the_oldest_to_the_newest_fold_the_oldest():
    table = Table("t", ("Year",), tuple((str(year),) for year in (*range(2010, 2026), "all")), total=True)
    shown, _, rest = table.html(PageWriter("en")).partition("<details")
    assert ["2018" in shown, "2019" in shown, "2025" in shown, "all" in shown] == [False, True, True, True]
    assert "9 earlier rows" in rest
    assert "2018" in rest


def test_a_notebook_shows_every_row():
    table, _, _ = rows_of(40)
    assert "<details" not in table.html(HtmlWriter())
