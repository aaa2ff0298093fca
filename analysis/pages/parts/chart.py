"""A chart in both languages and two widths, with its title, notes, text alternative and the numbers at its foot."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt

from analysis.pages.parts import media_types, theme
from analysis.pages.parts.sentences import Note
from analysis.pages.words.cells import EN, LANGUAGES, Both, Cell, cell_as_json, text
from analysis.pages.words.session import language

#: Characters of a line below a title that fit the width of a chart in a notebook.
_LINE = 104


@dataclass(frozen=True)
class Look:
    """How a chart is to be drawn: in which language, how wide, how high."""

    lang: str = EN
    width: int = theme.WIDTH
    height: int = theme.HEIGHT

    @property
    def narrow(self) -> bool:
        """Whether the chart is for a phone."""
        return self.width < theme.WIDTH

    def say(self, cell: Cell) -> str:
        """Return text in the chart's language."""
        return text(cell, self.lang)


@dataclass(frozen=True)
class Figure:
    """A chart with its words.

    Attributes
    ----------
    title
        What it shows, with the units.
    notes
        How to read it, and what is missing and why.
    alt
        What a reader who cannot see it is told: the numbers of the tables.
    foot
        The numbers that matter most, each with the statements that bear on it.
    draw
        Draws it in a given look; panels above one another bring their own sizes.
    height
        Of the drawing, in pixels.
    illustrative
        Whether it shows figures that are not real.
    """

    title: Both
    notes: tuple[Both, ...]
    alt: Both
    draw: Callable[[Look], Any]
    foot: Cell = ""
    height: int = theme.HEIGHT
    illustrative: bool = False

    def chart(self, lang: str = EN) -> Any:
        """Return the chart with title and notes inside, as a notebook shows it."""
        look = Look(lang, theme.WIDTH, self.height)
        lines = [line for note in self.notes for line in textwrap.wrap(look.say(note), _LINE)]
        title = alt.TitleParams(look.say(self.title), subtitle=lines)
        return self._sized_drawing(look).properties(title=title)

    def svg(self, look: Look) -> str:
        """Return the bare drawing as SVG: a page sets title and notes as text."""
        return theme.svg(theme.spec_of(self._sized_drawing(look)))

    def as_json(self) -> dict[str, Any]:
        """Return what a page is made of: drawings by language and width as SVG, and the words as plain data."""
        widths = {"wide": theme.WIDTH, "narrow": theme.NARROW}
        drawings = {
            lang: {name: self.svg(Look(lang, width, self.height)) for name, width in widths.items()}
            for lang in LANGUAGES
        }
        return {
            "drawings": drawings,
            "title": cell_as_json(self.title),
            "notes": [cell_as_json(note) for note in self.notes],
            "foot": cell_as_json(self.foot),
            "illustrative": self.illustrative,
        }

    def _sized_drawing(self, look: Look) -> Any:
        drawing, words = self.draw(look), look.say(self.alt)
        if isinstance(drawing, alt.VConcatChart):
            return drawing.properties(description=words)
        size: dict[str, Any] = {"width": look.width, "height": look.height}
        if look.narrow:
            size |= {"autosize": alt.AutoSizeParams(type="fit-x", contains="padding")}
        return drawing.properties(description=words, **size)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the chart in the language of the session, with what a page needs."""
        return theme.bundle(theme.spec_of(self.chart(language()))) | {
            "text/plain": text(self.alt),
            media_types.FIGURE: self.as_json(),
        }

    def __repr__(self) -> str:
        return text(self.alt)


@dataclass(frozen=True, repr=False)
class Undrawn:
    """What stands where a chart is not drawn: what it would show, and why there is none."""

    title: Both
    reason: Both

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return self._note()._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        return repr(self._note())

    def _note(self) -> Note:
        english = f"{self.title.en}: not drawn, {self.reason.en}."
        return Note(Both(english, f"{self.title.zh}：不画图，{self.reason.zh}。"))
