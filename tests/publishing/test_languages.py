"""A page in one language has nothing of the other; a page in both has everything of both."""

import re

import pytest

from analysis.publishing.output import content, html
from tests.publishing.shown import MADE, markdown, notebook, record, years

pytestmark = pytest.mark.usefixtures("without_fonts")


def render_page(lang: str, *items) -> str:
    shown = content.read(notebook(*items), name="one", lang=lang)
    whole = html.render_page(shown, MADE | {"lang": lang}).decode("utf-8")
    return whole[whole.index("<body>") : whole.index("<script>")]


ENGLISH = ("Irkeshtam: road freight", "November 2023", "Freight is put at", "Medians do not add up.", "estimated",
           "Bars: published.", "How to read this page", "Months: too wide.")  # fmt: skip
CHINESE = (
    "伊尔克什坦公路过货量",
    "2023年11月",
    "过货量为",
    "中位数不能相加。",
    "估计",
    "条形：已公布。",
    "阅读说明",
    "月度：区间过宽。",
)


@pytest.mark.parametrize("lang, has, lacks", [("en", ENGLISH, CHINESE[2:]), ("zh", CHINESE, ENGLISH[1:])])
def test_a_page_in_one_language_has_nothing_of_the_other(lang, has, lacks):
    shown = render_page(lang)
    assert [words for words in has if words not in shown] == []
    assert [words for words in lacks if words in shown] == []
    assert 'class="switch"' not in shown
    assert not re.search(r'class="(en|zh)[" ]', shown.replace('class="en at-', "").replace('class="zh at-', "")) or lang


def test_a_page_in_both_has_everything_and_a_switch():
    shown = render_page("both")
    assert [words for words in (*ENGLISH, *CHINESE) if words not in shown] == []
    assert 'class="switch"' in shown


def test_every_drawing_is_there_in_each_language_and_width():
    shown = render_page("both")
    for lang in ("en", "zh"):
        for width in ("wide", "narrow"):
            assert f'<div class="{lang} at-{width}">' in shown
    assert render_page("zh").count("<svg") == 2


def test_markdown_of_one_language_is_marked_and_dropped_from_the_other():
    words = (markdown("## The path", "en"), markdown("## 走势", "zh"))
    assert '<div class="zh" lang="zh-Hans"><h2>走势</h2>' in render_page("both", record(), *words)
    assert "走势" not in render_page("en", record(), *words)


def test_what_is_folded_is_named_in_both_languages():
    words = (markdown("## Details\n\nx", "detail", "en"), markdown("## 细节\n\nx", "detail", "zh"))
    shown = render_page("both", record(), *words)
    assert (
        '<summary><span class="en" lang="en">Details</span><span class="zh" lang="zh-Hans">细节</span></summary>'
        in shown
    )
    assert "细节" not in render_page("en", record(), *words)


def test_a_box_without_a_heading_has_a_name_in_the_language_of_the_page():
    for lang, names in {"en": ("Details",), "zh": ("详情",), "both": ("Details", "详情")}.items():
        summary = re.findall(r"<summary>(.*?)</summary>", render_page(lang, record(), markdown("x", "detail")))[0]
        assert [name for name in ("Details", "详情") if name in summary] == list(names)


def test_a_table_says_nothing_twice_that_both_languages_say_alike():
    assert render_page("both", record(), years()).count(">2022<") == 1
