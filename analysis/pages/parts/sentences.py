"""Sentences with numbers that lead to statements, shown as a list to a browser and as lines to everything else."""

from dataclasses import dataclass

from analysis.pages.words.cells import EN, Both, Cell, html, text


@dataclass(frozen=True)
class Sentences:
    """The sentences at the top of a page, each in both languages."""

    items: tuple[Cell, ...]

    def _repr_html_(self) -> str:
        return f'<ol class="sentences">{"".join(f"<li>{html(item)}</li>" for item in self.items)}</ol>'

    def __repr__(self) -> str:
        return "\n".join(self.plain())

    def plain(self, lang: str = EN) -> tuple[str, ...]:
        """Return the sentences of one language without links."""
        return tuple(text(item, lang) for item in self.items)


@dataclass(frozen=True)
class Heading:
    """A heading with a paragraph below it, marked where what follows is not real."""

    title: Both
    words: Both
    illustrative: bool = False

    def _repr_html_(self) -> str:
        kind = ' class="illustrative"' if self.illustrative else ""
        return f"<h2{kind}>{html(self.title)}</h2><p{kind}>{html(self.words)}</p>"

    def __repr__(self) -> str:
        return f"{text(self.title)}\n{text(self.words)}"
