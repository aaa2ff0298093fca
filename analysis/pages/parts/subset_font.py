"""Make the bundled fonts from Noto Sans CJK: a maintainer's tool, run once per new source or new character.

    python -m analysis.pages.parts.subset_font NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc --text data/*.csv

The faces keep the first level of GB 2312 (3,755 characters), Latin, Greek and Cyrillic letters, the punctuation and
signs of tables and charts, and every character of the text files given. They get a family name of their own, so that
an installed Noto font never stands in for them and pages look alike on every machine.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from analysis.pages.parts.fonts import FAMILY, FONTS

_RANGES = ((0x20, 0x17F), (0x391, 0x3C9), (0x400, 0x45F), (0x490, 0x4E9), (0x2010, 0x2044), (0x3000, 0x3017))
_SIGNS = "\u2007\u2009\u202f€№™−±×÷≈≠≤≥∞√Δ←↑→↓↗↘△▲▽▼□■○●◇◆★✓①②③④⑤％，。；：？！（）～￥＋－／ⅠⅡⅢⅣⅤ"
_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 0, 1, 2, 3, 4, 6
_KEPT_NAMES = (_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, 5, _POSTSCRIPT, 8, 9, 10, 11, 13, 14)


def characters(texts: Sequence[Path]) -> set[str]:
    """Return the characters that the bundled fonts shall hold."""
    level_one = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    wanted = {code.decode("gb2312", errors="ignore") for code in level_one} - {""}
    wanted |= {chr(code) for first, last in _RANGES for code in range(first, last + 1)}
    wanted |= set(_SIGNS)
    return wanted.union(*(path.read_text(encoding="utf-8-sig") for path in texts))


def make(source: Path, target: Path, *, style: str, wanted: set[str]) -> None:
    """Write the simplified-Chinese face of a font collection, cut to the wanted characters.

    Parameters
    ----------
    source
        A `NotoSansCJK-*.ttc`; the face is found by its name.
    target
        The OpenType file to write; the same source gives the same bytes.
    style
        `Regular` or `Bold`.
    wanted
        Characters to keep; those that the source lacks are left out.
    """
    collection = TTCollection(source)
    face = next(font for font in collection.fonts if font["name"].getDebugName(4).startswith("Noto Sans CJK SC"))
    _narrow_quotes(face)
    options = subset.Options(hinting=False, layout_features=["kern", "mark", "mkmk"], name_IDs=_KEPT_NAMES)
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted)))
    cutter.subset(face)
    _rename(face, style)
    face.recalcTimestamp = False
    face.save(target)


def _narrow_quotes(face: TTFont) -> None:
    """Give curly quotes the proportional forms that the face keeps behind its `pwid` feature.

    By default they are as wide as a Chinese character, which tears an English apostrophe apart.
    """
    table, wide = face["GSUB"].table, {ord(quote): face.getBestCmap()[ord(quote)] for quote in "‘’“”"}
    features = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "pwid"]
    lookups = [table.LookupList.Lookup[place] for feature in features for place in feature.LookupListIndex]
    steps = [getattr(step, "ExtSubTable", step) for lookup in lookups for step in lookup.SubTable]
    narrow = {name: other for step in steps for name, other in step.mapping.items()}
    for encoding in face["cmap"].tables:
        if encoding.isUnicode() and wide.keys() <= encoding.cmap.keys():
            encoding.cmap.update({code: narrow[name] for code, name in wide.items()})


def _rename(face: TTFont, style: str) -> None:
    """Give the face our family name; the licence text and the copyright stay."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {_FAMILY: FAMILY, _STYLE: style, _UNIQUE: postscript, _FULL: f"{FAMILY} {style}", _POSTSCRIPT: postscript}
    for record in list(face["name"].names):
        if record.langID != 0x409:
            face["name"].removeNames(langID=record.langID)
    for number, text in names.items():
        face["name"].setName(text, number, 3, 1, 0x409)
    table = face["CFF "].cff
    table.fontNames = [postscript]
    table[0].FullName, table[0].FamilyName = f"{FAMILY} {style}", FAMILY


def main() -> None:
    """Make one bundled face from each collection named on the command line."""
    parser = argparse.ArgumentParser(description="Make the bundled fonts from Noto Sans CJK.")
    parser.add_argument("sources", nargs="+", type=Path, help="NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc")
    parser.add_argument("--text", nargs="*", type=Path, default=[], help="UTF-8 files whose characters are kept")
    choices = parser.parse_args()
    for source in choices.sources:
        style = source.stem.rsplit("-", 1)[-1]
        target = FONTS / f"{FAMILY.replace(' ', '')}-{style}.otf"
        make(source, target, style=style, wanted=characters(choices.text))
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
