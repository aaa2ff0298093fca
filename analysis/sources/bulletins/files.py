"""Bulletins from files: a text, a page in HTML, or JSON with several bulletins."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from analysis.core.errors import InputError
from analysis.core.periods import parse_date
from analysis.sources.bulletins.text import Bulletin
from analysis.sources.csv_tables import decode

#: Suffixes of files that hold several bulletins, one object a line or one list.
JSON_SUFFIXES = (".json", ".jsonl")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")

#: The words of a bulletin in JSON; the first two are needed.
_NEEDED = ("text", "published_on")

#: Elements whose words are no text of a page, and those that begin a line.
_NO_TEXT = {"script", "style", "noscript", "template", "head", "nav", "footer", "form", "button", "select"}
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "section", "article", "td", "th", "header"}


@dataclass(frozen=True)
class Given:
    """What the user says of texts that do not say it themselves.

    Attributes
    ----------
    publisher, place, language, url
        As of `Bulletin`; empty where nothing was said.
    published_on
        The day of publication; None where nothing was said.
    """

    publisher: str = ""
    published_on: dt.date | None = None
    place: str = ""
    language: str = ""
    url: str = ""


def read_bulletins(path: Path, given: Given) -> list[Bulletin]:
    """Return the bulletins of a file: of JSON each object, of a text or a page the whole.

    Parameters
    ----------
    path
        A file in an encoding that `encodings.encoding_of` tells: JSON (an object, a list, or an object a line) with
        `text`, `published_on` and any of `id, lang, publisher, title, source_url, place`; HTML; else plain text, whose
        first line is its title where an empty line follows.
    given
        What holds where a text does not say it.

    Raises
    ------
    InputError
        If the file cannot be read, holds no text, or no day of publication is known.
    """
    text = decode(path, error=InputError)
    if not text.strip():
        raise InputError(f"{path} is empty. Name a file with the text of a bulletin.")
    if path.suffix.lower() in JSON_SUFFIXES:
        return [_of_object(path, place, entry, given) for place, entry in enumerate(_objects(path, text), 1)]
    title, body = _of_page(text) if path.suffix.lower() in HTML_SUFFIXES else _of_text(text)
    return [_with_day(path, path.stem, given.published_on, {"title": title, "text": body}, given)]


def _objects(path: Path, text: str) -> list[Mapping[str, Any]]:
    """Return the objects of a JSON file."""
    try:
        lines = [line for line in text.splitlines() if line.strip()]
        one_a_line = path.suffix.lower() == ".jsonl" or (len(lines) > 1 and all(line[:1] == "{" for line in lines))
        found = [json.loads(line) for line in lines] if one_a_line else json.loads(text)
    except json.JSONDecodeError as problem:
        raise InputError(f"{path} is no JSON ({problem}). Write one object a line, or a list of objects.") from None
    found = found if isinstance(found, list) else [found]
    if not all(isinstance(entry, dict) for entry in found):
        raise InputError(f"{path} holds something else than objects. Write one object a bulletin, with text.")
    return found


def _of_object(path: Path, place: int, entry: Mapping[str, Any], given: Given) -> Bulletin:
    """Return the bulletin of one object."""
    identity = str(entry.get("id") or f"{path.stem}-{place}")
    if not str(entry.get("text") or "").strip():
        raise InputError(f"{path}: bulletin {identity!r} has no text. Give it one, or leave it out.")
    day = parse_date(str(entry["published_on"]), what="publication") if entry.get("published_on") else None
    return _with_day(path, identity, day or given.published_on, entry, given)


def _with_day(path: Path, identity: str, day: dt.date | None, entry: Mapping[str, Any], given: Given) -> Bulletin:
    """Return a bulletin whose day of publication is known."""
    if day is None:
        raise InputError(
            f"{path}: nothing says on which day {identity!r} was published, from which this year is counted. "
            "Add --published-on YYYY-MM-DD."
        )
    return Bulletin(
        identity=identity,
        publisher=str(entry.get("publisher") or given.publisher),
        published_on=day,
        text=str(entry["text"]),
        title=str(entry.get("title") or ""),
        language=str(entry.get("lang") or given.language),
        place=str(entry.get("place") or given.place),
        url=str(entry.get("source_url") or entry.get("url") or given.url),
    )


def _of_text(text: str) -> tuple[str, str]:
    """Return title and text of a plain text."""
    title, blank, rest = text.strip().partition("\n\n")
    return (title.strip(), rest.strip()) if blank and "\n" not in title.strip() else ("", text.strip())


def _of_page(text: str) -> tuple[str, str]:
    """Return title and text of a page in HTML."""
    page = _Page()
    page.feed(text)
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in "".join(page.words).splitlines())
    return re.sub(r"\s+", " ", "".join(page.title)).strip(), "\n".join(line for line in lines if line)


class _Page(HTMLParser):
    """The words of a page, and those of its title."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.title: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Note an element whose words are no text, or begin a line."""
        if tag in _NO_TEXT or tag == "title":
            self._open.append(tag)
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Take words of the text, or of the title."""
        if self._open and self._open[-1] == "title":
            self.title.append(data)
        elif not self._open:
            self.words.append(data.replace("\n", " "))


def all_bulletins(paths: list[Path], given: Given) -> Iterator[Bulletin]:
    """Yield the bulletins of several files; errors as of `read_bulletins`."""
    for path in paths:
        yield from read_bulletins(path, given)
