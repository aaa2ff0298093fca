"""The bundled font has what pages and charts need, and the same text gives the same bytes."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from analysis.pages.parts import fonts, media_types
from analysis.pages.parts.page_record import PageRecord
from analysis.runtime.folders import data_folder
from tests.repository import ROOT

FACES = sorted(fonts.FONTS.glob("*.otf"))


def embedded(css):
    """Return the font files inside some style rules, by weight."""
    found = re.findall(r"font-weight:(\d+);.*?base64,([A-Za-z0-9+/=]+)", css)
    return {int(weight): TTFont(io.BytesIO(base64.b64decode(data))) for weight, data in found}


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_a_face_has_every_chinese_character_of_the_evidence(path):
    known = TTFont(path).getBestCmap()
    text = "".join(table.read_text(encoding="utf-8-sig") for table in data_folder().glob("*.csv"))
    assert {
        character for character in text if "\u4e00" <= character <= "\u9fff" and ord(character) not in known
    } == set()


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_a_face_has_every_character_that_pages_are_written_in(path):
    known = TTFont(path).getBestCmap()
    package = [
        *(ROOT / "analysis").rglob("*.py"),
        *(ROOT / "analysis").rglob("*.j2"),
        *(ROOT / "analysis").rglob("*.js"),
    ]
    # What the readers of foreign text look for never stands on a page.
    package = [file for file in package if ROOT / "analysis" / "sources" not in file.parents]
    text = "".join(file.read_text(encoding="utf-8") for file in (*package, *(ROOT / "notebooks").glob("*.ipynb")))
    assert {
        character for character in text if "\u2010" <= character <= "\uffe6" and ord(character) not in known
    } == set()


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_a_face_has_our_family_name_so_that_no_installed_font_stands_in_for_it(path):
    names = TTFont(path)["name"]
    assert names.getDebugName(1) == fonts.FAMILY
    assert "Noto" not in names.getDebugName(4)


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_an_apostrophe_is_narrow_and_all_digits_are_equally_wide(path):
    face = TTFont(path)
    width = {character: face["hmtx"][face.getBestCmap()[ord(character)]][0] for character in "’0123456789万"}
    assert width["’"] < 0.4 * width["万"]
    assert len({width[digit] for digit in "0123456789"}) == 1


def test_two_faces_and_their_licence_are_bundled():
    assert [path.name for path in FACES] == ["SilkportSansSC-Bold.otf", "SilkportSansSC-Regular.otf"]
    licence = (fonts.FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2014-2021 Adobe" in licence
    assert sum(path.stat().st_size for path in FACES) < 2_500_000


def test_embedded_fonts_hold_just_the_characters_of_the_text():
    faces = embedded(fonts.subset_css("货运 12", bold="货"))
    assert {weight: sorted(face.getBestCmap()) for weight, face in faces.items()} == {
        400: sorted(map(ord, "货运 12")),
        700: [ord("货")],
    }


def test_no_bold_text_needs_no_bold_face():
    assert sorted(embedded(fonts.subset_css("货运", bold=""))) == [400]


def test_the_order_of_the_text_changes_no_byte_and_no_time_is_written():
    first = fonts.subset_css("货运abc")
    fonts._face_rule.cache_clear()
    assert fonts.subset_css("cba运货货") == first
    source = TTFont(FACES[0])["head"].modified
    assert embedded(first)[700]["head"].modified == source


def test_a_page_record_travels_as_json_without_numbers_that_json_lacks():
    record = PageRecord(title="A", title_zh="甲", place="a", edition="2023-11", as_of="2023-11-30", coverage=0.5)
    bundle = record._repr_mimebundle_(include=None, exclude=None)
    assert bundle[media_types.RECORD]["coverage"] == 0.5
    assert bundle[media_types.RECORD]["sentences"] == []
    assert bundle["text/plain"] == "Page record: A 甲, edition 2023-11, as of 2023-11-30"
    with pytest.raises(ValueError, match="not JSON compliant"):
        PageRecord(
            title="A", title_zh="甲", place="a", edition="2023-11", as_of="2023-11-30", coverage=float("nan")
        )._repr_mimebundle_()
