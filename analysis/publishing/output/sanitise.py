"""HTML from notebooks, cut to harmless tags and attributes: a statement's text can never become code on a page."""

import html
import re
from html.parser import HTMLParser

from analysis.publishing.output.markup import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    HTML_TAGS,
    SVG_ATTRIBUTES,
    SVG_CASE,
    SVG_TAGS,
    VOID,
)

_REFERENCE = re.compile(r"url\(\s*[\"']?#([\w.:-]+)[\"']?\s*\)")
_PLAIN_STYLE = re.compile(r"[\w\s:;.,#%()'\"-]*")
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_TABLE_BOX = '<div class="wide" role="group" tabindex="0" aria-label="Table 表格">'
_CHART_BOX = '<div class="wide chart" role="group" tabindex="0" aria-label="Chart 图">'


class Sanitiser(HTMLParser):
    """Clean pieces of HTML for one page, on which ids must not meet twice.

    Tables and charts get a box of their own in which they scroll; ids inside a chart get a prefix, since renderers
    number their clip paths from one in every chart; a first-level heading becomes a second-level one, since the page
    has its own. Of a page in one language, what is said in the other one is dropped.

    Parameters
    ----------
    lang
        `en`, `zh` or `both`.

    Attributes
    ----------
    numbers
        The numbers met so far that lead to statements, in order; the same number twice counts once.
    """

    def __init__(self, lang: str = "both") -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: dict[tuple[str, str, str], str] = {}
        self._other = {"en": "zh", "zh": "en"}.get(lang, "")
        self._ids: set[str] = set()
        self._charts = 0
        self._label, self._boxed = "Chart", True
        self._out: list[str] = []
        self._open: list[str] = []
        self._skipped: list[str] = []

    def clean(self, text: str, *, label: str = "Chart", boxed: bool = True) -> str:
        """Return the harmless part of a piece of HTML, with every tag closed.

        Parameters
        ----------
        text
            HTML or SVG.
        label
            Text alternative of a chart that has none of its own.
        boxed
            Whether tables and charts get a box in which they scroll.
        """
        self.reset()
        self._out, self._open, self._skipped = [], [], []
        self._label, self._boxed = label, boxed
        self.feed(text)
        self.close()
        while self._open:
            self._close_last()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an allowed opening tag; start skipping at one whose content must go, too."""
        if self._skipped or tag in DROPPED_WITH_CONTENT or self._is_other(attrs):
            if tag not in VOID:
                self._skipped.append(tag)
            return
        inside = "svg" in self._open
        if tag not in (SVG_TAGS if inside or tag == "svg" else HTML_TAGS) and not (inside and tag == "a"):
            return
        if self._boxed and not inside:
            self._out.append({"table": _TABLE_BOX, "svg": _CHART_BOX}.get(tag, ""))
        if tag == "svg" and not inside:
            self._charts += 1
        name = "h2" if tag == "h1" else tag
        kept = "".join(f' {key}="{html.escape(value)}"' for key, value in self._attributes(tag, attrs, inside).items())
        self._out.append(f"<{SVG_CASE.get(name, name)}{kept}>")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element without content."""
        before = len(self._open)
        skipped = len(self._skipped)
        self.handle_starttag(tag, attrs)
        del self._skipped[skipped:]
        if len(self._open) > before:
            self._close_last()

    def handle_endtag(self, tag: str) -> None:
        """Close a tag that was kept, and whatever is still open inside it."""
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
            return
        if tag in self._open:
            while self._open[-1] != tag:
                self._close_last()
            self._close_last()

    def handle_data(self, data: str) -> None:
        """Keep text, escaped."""
        if not self._skipped:
            self._out.append(html.escape(data, quote=False))

    def _is_other(self, attrs: list[tuple[str, str | None]]) -> bool:
        """Return whether an element is in the language that the page does not have."""
        return bool(self._other) and self._other in (dict(attrs).get("class") or "").split()

    def _close_last(self) -> None:
        """Close the innermost open tag, and the box around it."""
        tag = self._open.pop()
        name = "h2" if tag == "h1" else tag
        self._out.append(f"</{SVG_CASE.get(name, name)}>")
        if self._boxed and tag in ("table", "svg") and "svg" not in self._open:
            self._out.append("</div>")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]], inside: bool) -> dict[str, str]:
        """Return the attributes that may stay, with ids made unique and links made safe."""
        drawn = inside or tag == "svg"
        kept: dict[str, str] = {}
        for key, raw in attrs:
            value = (raw or "").strip()
            if key in ("href", "xlink:href"):
                kept |= self._link(tag, value)
            elif key == "id":
                kept |= self._identity(value, drawn)
            elif key == "style":
                kept |= self._style(value, drawn)
            elif key.startswith("aria-") or key in ATTRIBUTES or (drawn and key in SVG_ATTRIBUTES):
                if "url(" in value.lower() and not _REFERENCE.fullmatch(value):
                    continue
                kept[SVG_CASE.get(key, key)] = _REFERENCE.sub(rf"url(#c{self._charts}-\1)", value)
        if tag == "a":
            kept |= self._number(dict(attrs))
        if kept.get("role") == "graphics-symbol" and not kept.get("aria-label"):
            # A group of marks without a mark: there is nothing to speak of.
            kept = {key: value for key, value in kept.items() if key not in ("role", "aria-roledescription")}
        return self._chart_attributes(kept) if tag == "svg" and not inside else kept

    def _number(self, attrs: dict[str, str | None]) -> dict[str, str]:
        """Return the key of a number and the ids of the statements that bear on it; nothing for other links."""
        trace = " ".join(re.findall(r"[\w-]+", attrs.get("data-trace") or ""))
        if not trace:
            return {}
        said = (attrs.get("data-en") or "", attrs.get("data-zh") or "", trace)
        return {"data-n": self.numbers.setdefault(said, f"n{len(self.numbers) + 1}"), "data-trace": trace}

    def _link(self, tag: str, value: str) -> dict[str, str]:
        """Return where a link may lead: within the page, or to the web when a reader follows it."""
        if tag == "use":
            return {"href": f"#c{self._charts}-{value[1:]}"} if value.startswith("#") else {}
        if tag != "a":
            return {}
        if value.startswith("#"):
            return {"href": value}
        return {"href": value, "rel": "noopener noreferrer"} if _WEB.fullmatch(value) else {}

    def _identity(self, value: str, drawn: bool) -> dict[str, str]:
        """Return an id, unless another element of the page has it already."""
        name = f"c{self._charts}-{value}" if drawn else value
        if not value or name in self._ids:
            return {}
        self._ids.add(name)
        return {"id": name}

    def _style(self, value: str, drawn: bool) -> dict[str, str]:
        """Return the style of a drawn element if it is plain; other elements are styled by the page alone."""
        plain = drawn and _PLAIN_STYLE.fullmatch(value) and "url(" not in value.lower() and "\\" not in value
        return {"style": value} if plain else {}

    def _chart_attributes(self, kept: dict[str, str]) -> dict[str, str]:
        """Return the attributes of a chart's root: fluid width, a role, and a text alternative."""
        width, height = (re.sub(r"px$", "", kept.pop(side, "")) for side in ("width", "height"))
        if "viewBox" not in kept and _is_number(width) and _is_number(height):
            kept["viewBox"] = f"0 0 {width} {height}"
        box = kept.get("viewBox", "").split()
        natural = box[2] if len(box) == 4 and _is_number(box[2]) else "640"
        kept["aria-label"] = kept.get("aria-label") or self._label
        return kept | {"class": "plot", "role": "img", "style": f"--natural:{natural}px"}


def _is_number(text: str) -> bool:
    """Return whether a length is a plain positive number."""
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
