"""The bundled font: Chinese text in charts and pages looks the same on every machine, with or without such fonts."""

import base64
import io
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
FAMILY = "Silkport Sans SC"
_FACES = {400: "SilkportSansSC-Regular.otf", 700: "SilkportSansSC-Bold.otf"}


@cache
def register() -> None:
    """Make the bundled font known to the chart renderer of this process.

    Without it the widths of labels, and so the layout of a chart, follow whatever fonts a machine has.
    """
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))


def subset_css(text: str, *, bold: str | None = None) -> str:
    """Return `@font-face` rules that carry just the characters of a page.

    Parameters
    ----------
    text
        All text that the page shows.
    bold
        The text that is set in bold; all of it when None. An empty string leaves the bold face out.

    Returns
    -------
    str
        One rule per weight with a WOFF2 file as a data address; the same text gives the same bytes.
    """
    wanted = {400: text, 700: text if bold is None else bold}
    return "\n".join(_face_rule(weight, "".join(sorted(set(words)))) for weight, words in wanted.items() if words)


@cache
def _face_rule(weight: int, characters: str) -> str:
    """Return the rule of one weight for the sorted, distinct characters given."""
    data = base64.b64encode(_woff2(FONTS / _FACES[weight], characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};font-display:block;'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def _woff2(path: Path, characters: str) -> bytes:
    """Return a WOFF2 file with only the given characters of a face; without a time stamp."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    face = TTFont(path, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=["kern"], drop_tables=["GDEF"]))
    cutter.populate(text=characters)
    cutter.subset(face)
    face.flavor = "woff2"
    target = io.BytesIO()
    face.save(target)
    return target.getvalue()
