"""Sentences with links, shown as a numbered list to a browser and as lines to everything else."""

from dataclasses import dataclass

from analysis.presentation.tables.table import Cell, html, text


@dataclass(frozen=True)
class Sentences:
    """The sentences at the top of a page, each of text and links."""

    items: tuple[Cell, ...]

    def _repr_html_(self) -> str:
        return f'<ol class="sentences">{"".join(f"<li>{html(item)}</li>" for item in self.items)}</ol>'

    def __repr__(self) -> str:
        return "\n".join(self.plain())

    def plain(self) -> tuple[str, ...]:
        """Return the sentences without links."""
        return tuple(text(item) for item in self.items)


@dataclass(frozen=True)
class Heading:
    """A heading with a paragraph below it, marked where what follows is not real."""

    title: str
    words: str
    illustrative: bool = False

    def _repr_html_(self) -> str:
        kind = ' class="illustrative"' if self.illustrative else ""
        return f"<h2{kind}>{html(self.title)}</h2><p{kind}>{html(self.words)}</p>"

    def __repr__(self) -> str:
        return f"{self.title}\n{self.words}"
