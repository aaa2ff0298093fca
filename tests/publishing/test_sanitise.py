"""No text of a notebook can become code or a request on a page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Link, Number, text
from analysis.publishing.output.page_writer import PageWriter
from analysis.publishing.output.sanitise import Sanitiser

VOID = frozenset(["br", "hr", "col", "area", "base", "embed", "img", "input", "link", "meta", "source", "track", "wbr"])

HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://example.org/x.js></SCRIPT>",
    '<img src="https://example.org/x.png" onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p onclick="alert(1)" style="background:url(https://example.org/x)">x</p>',
    "<style>@import url(https://example.org/x.css);</style>",
    '<iframe src="https://example.org"></iframe>',
    '<svg><script>alert(1)</script><image href="https://example.org/x.png"/></svg>',
    '<svg><use href="https://example.org/x.svg#a"/><rect fill="url(https://example.org/#a)"/></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
    "<svg><foreignObject><iframe src=https://example.org></iframe></foreignObject></svg>",
    '<svg><g style="fill:u\\72l(https://example.org)"></g></svg>',
    '<form action="https://example.org"><button>x</button></form>',
    '<link rel="stylesheet" href="https://example.org/x.css"><meta http-equiv="refresh" content="0;url=https://example.org">',
    '<base href="https://example.org/"><object data="https://example.org"></object><embed src="https://example.org">',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<p title='</style><script>alert(1)</script>'>x",
)


def cells():
    """Cells of hostile and of any other text, with addresses and ids of the same kind."""
    words = st.one_of(st.sampled_from(HOSTILE), st.text())
    hrefs = st.one_of(words, st.sampled_from(["javascript:alert(1)", '#s-"><script>', 'https://x.org/"onclick="x']))
    numbers = st.builds(Number, words, words, trace=st.lists(words, max_size=2).map(tuple))
    return st.recursive(
        st.one_of(words, numbers, st.builds(Link, words, hrefs)),
        lambda inner: st.one_of(st.builds(Both, inner, inner), st.lists(inner, max_size=3).map(tuple)),
        max_leaves=4,
    )


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML, and whether each tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.balanced = [], [], True
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.balanced &= bool(self.open) and self.open.pop() == tag


def assert_harmless(text):
    tags = Tags(text)
    assert tags.balanced
    assert tags.open == []
    for tag, attributes in tags.found:
        assert tag not in {
            "script",
            "style",
            "iframe",
            "img",
            "image",
            "link",
            "meta",
            "base",
            "object",
            "embed",
            "form",
        }
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "src"
            if "href" in name:
                assert re.match(r"#|https?://", value)
                assert tag in ("a", "use")
                assert tag == "a" or value.startswith("#")
            elif name not in ("id", "title", "aria-label", "data-trace") and "url(" in (value or ""):
                assert re.fullmatch(r"url\(#[\w.:-]+\)", value)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_is_made_harmless(text):
    assert_harmless(Sanitiser().clean(text))


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "<svg>", "</svg>", "<table>", "</td>", "<a href='", '">', "<!--", "]]>", "中文"])
    )
)
def test_any_mixture_of_hostile_markup_is_made_harmless(pieces):
    assert_harmless(Sanitiser().clean("".join(pieces)))


@given(st.text())
def test_any_text_comes_out_harmless(text):
    assert_harmless(Sanitiser().clean(text))


@given(cells())
def test_any_cell_is_written_as_harmless_html(cell):
    assert_harmless(PageWriter().cell(cell))
    assert_harmless(Table(cell, (text(cell),), ((cell,),), notes=(cell,), anchors=(text(cell),)).html(PageWriter()))


def test_the_cleaner_escapes_the_signs_of_tags_in_attributes():
    """What is added afterwards finds tags by these signs."""
    assert Sanitiser().clean('<p title="<table> & \'">x</p>') == '<p title="&lt;table&gt; &amp; \'">x</p>'


def test_paint_and_style_come_from_the_chart_itself():
    drawing = (
        '<svg><g style="fill: red; position: fixed" fill="URL(https://example.org/#a)"/>'
        '<g style="fill: red; background: url(https://example.org/x)"/>'
        '<g style="fill: url(#a)" mask="url(#a) url(//example.org)" stroke="u\\72l(//example.org)"/></svg>'
    )
    groups = re.findall("<g[^>]*>", Sanitiser().clean(drawing))
    assert groups == [
        '<g style="fill:red">',
        "<g>",
        '<g style="fill:url(&quot;#c1-a&quot;)">',
    ]


def test_a_drawing_inside_a_drawing_is_no_chart_of_its_own():
    assert Sanitiser().clean("<svg><svg></svg></svg>").count("<div") == 1


def test_text_is_escaped_once():
    assert Sanitiser().clean("<p>5 &lt; 6 &amp; 超100万吨</p>") == "<p>5 &lt; 6 &amp; 超100万吨</p>"


def test_web_links_stay_and_say_nothing_to_the_other_side():
    assert Sanitiser().clean('<a href="https://example.org/a?b=1&amp;c=2">x</a>') == (
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">x</a>'
    )
    assert Sanitiser().clean('<a href="#s-irk-1">x</a>') == '<a href="#s-irk-1">x</a>'


def test_two_charts_share_no_id():
    chart = '<svg viewBox="0 0 9 9"><clipPath id="a"/><g clip-path="url(#a)"/><use href="#a"/></svg>'
    sanitiser = Sanitiser()
    both = sanitiser.clean(chart) + sanitiser.clean(chart)
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(set(ids)) == len(ids) == 2
    for name in ids:
        assert both.count(f"url(#{name})") == both.count(f'href="#{name}"') == 1


def test_an_id_met_twice_stays_where_it_was_first():
    assert Sanitiser().clean('<p id="s-1">a</p><p id="s-1">b</p>') == '<p id="s-1">a</p><p>b</p>'


def test_a_chart_keeps_its_text_alternative_and_gets_one_if_it_has_none():
    assert 'role="img"' in Sanitiser().clean('<svg aria-label="Freight"></svg>')
    assert 'aria-label="Freight"' in Sanitiser().clean('<svg aria-label="Freight"></svg>', label="Chart")
    assert 'aria-label="Monthly tonnes"' in Sanitiser().clean("<svg></svg>", label="Monthly tonnes")


def test_svg_names_keep_their_capitals_and_a_fixed_width_becomes_a_natural_one():
    cleaned = Sanitiser().clean('<svg width="620px" height="300"><linearGradient/><clipPath/></svg>')
    assert 'viewBox="0 0 620 300"' in cleaned
    assert "--natural:620px" in cleaned
    assert " width=" not in cleaned
    assert "<linearGradient>" in cleaned
    assert "<clipPath>" in cleaned


def test_tables_and_charts_scroll_in_boxes_of_their_own():
    for piece in ("<table><tr><td>1</td></tr></table>", "<svg></svg>"):
        assert re.fullmatch(r'<div class="wide[^>]*tabindex="0"[^>]*>.*</div>', Sanitiser().clean(piece))
