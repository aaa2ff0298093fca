"""HTML and SVG of notebooks, cut to what is harmless by nh3, so that no text of a notebook becomes code on a page.

nh3 parses as browsers do and keeps the tags, attributes and addresses listed here. What nh3 does not
know is added: ids of a chart are unique on the page, a chart refers to nothing outside it, tables and charts stand in
boxes that scroll.
"""

import re
from html import escape

import nh3

from analysis.publishing.output.page_writer import CHART_BOX, TABLE_BOX, PageWriter


def _words(text: str) -> set[str]:
    """Return the words of a text as a set."""
    return set(text.split())


_HTML_TAGS = _words(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a strong em b i sub "
    "sup small span div section aside figure figcaption blockquote code pre br hr abbr time data details summary mark "
    "s del ins"
)
_SVG_TAGS = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs clipPath linearGradient radialGradient stop "
    "pattern mask marker title desc use symbol"
)
_DROPPED_WITH_CONTENT = _words(
    "script style iframe object embed template noscript noembed noframes head foreignObject animate set "
    "animateTransform animateMotion audio video canvas form button select textarea math xmp plaintext"
)
_ATTRIBUTES = _words(
    "id class lang title dir role colspan rowspan scope headers abbr datetime start span value open tabindex"
)
_SVG_ATTRIBUTES = _words(
    "width height viewBox preserveAspectRatio version xmlns transform d x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy "
    "points offset rotate textLength lengthAdjust fill fill-opacity fill-rule stroke stroke-width stroke-opacity "
    "stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity clip-path clip-rule "
    "mask marker-start marker-mid marker-end font-family font-size font-weight font-style text-anchor "
    "dominant-baseline alignment-baseline letter-spacing paint-order pointer-events display visibility cursor "
    "clipPathUnits gradientUnits gradientTransform spreadMethod stop-color stop-opacity patternUnits patternTransform "
    "patternContentUnits maskUnits maskContentUnits markerWidth markerHeight markerUnits orient refX refY "
    "vector-effect shape-rendering text-rendering style"
)
_REFERENCE = re.compile(r"url\(\s*[\"']?#([\w.:-]+)[\"']?\s*\)")
_ELSEWHERE = re.compile(r"url\s*\(|\\", re.IGNORECASE)

#: What nh3 has written: it escapes `<` and `>` in text and in attributes, so that these are tags and nothing else.
_TAG = re.compile(r"<(/?)(svg|table|h1|a)((?: [^>]*)?)>")
_ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')


class Sanitiser:
    """Cleans pieces of HTML for one page.

    Tables and charts get a box in which they scroll; ids inside a chart get a prefix, since renderers number their clip
    paths from one in every chart; a first-level heading becomes a second-level one, since the page has its own.

    Parameters
    ----------
    page
        The writer of the page, which knows the ids that are taken.
    """

    def __init__(self, page: PageWriter | None = None) -> None:
        self._page = page or PageWriter()
        self._charts = self._depth = 0
        self._label, self._boxed = "Chart", True
        self._cleaner = nh3.Cleaner(
            tags=_HTML_TAGS | _SVG_TAGS,
            clean_content_tags=_DROPPED_WITH_CONTENT,
            attributes={
                "*": _ATTRIBUTES,
                **dict.fromkeys(_SVG_TAGS, _SVG_ATTRIBUTES),
                "a": {"href"},
                "use": _SVG_ATTRIBUTES | {"href", "xlink:href"},
            },
            generic_attribute_prefixes={"aria-"},
            attribute_filter=self._attribute,
            filter_style_properties=_SVG_ATTRIBUTES,
            url_schemes={"http", "https"},
            url_relative=lambda address: address if address.startswith("#") else None,
            link_rel=None,
        )

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
        self._label, self._boxed, self._depth = label, boxed, 0
        self._charts += "<svg" in text.lower()
        return _TAG.sub(self._tag, self._cleaner.clean(text))

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """Return an attribute as the page may have it: ids unique, paint from the chart itself, links made safe."""
        if name == "id":
            own = f"c{self._charts}-{value}" if tag in _SVG_TAGS else value
            return own if self._page.take_id(own) else None
        if tag == "use" and name.endswith("href"):
            return f"#c{self._charts}-{value[1:]}" if value.startswith("#") else None
        if name in _SVG_ATTRIBUTES:
            own = _REFERENCE.sub(rf"url(#c{self._charts}-\1)", value)
            return None if _ELSEWHERE.search(_REFERENCE.sub("", value)) else own
        return value

    def _tag(self, tag: re.Match[str]) -> str:
        """Return a tag with what the page adds to it: boxes, the root of a chart, headings one level down."""
        slash, name, attributes = tag.groups()
        if name == "h1":
            return f"<{slash}h2{attributes}>"
        if name == "a":
            return f'<a{attributes} rel="noopener noreferrer">' if ' href="http' in attributes.lower() else tag[0]
        if name == "table":
            return self._in_box(tag[0], TABLE_BOX)
        self._depth += -1 if slash else 1
        if self._depth > (0 if slash else 1):
            return tag[0]
        return self._in_box(tag[0] if slash else f"<svg{_root_attributes(attributes, self._label)}>", CHART_BOX)

    def _in_box(self, tag: str, box: str) -> str:
        """Return the first tag of an element after the start of its box, or the last one before its end."""
        if not self._boxed:
            return tag
        return f"{tag}</div>" if tag.startswith("</") else f"{box}{tag}"


def _root_attributes(attributes: str, label: str) -> str:
    """Return the attributes of a chart's root: fluid width, a role, and a text alternative."""
    kept = dict(_ATTRIBUTE.findall(attributes))
    width, height = (kept.pop(side, "").removesuffix("px") for side in ("width", "height"))
    if "viewBox" not in kept and _is_number(width) and _is_number(height):
        kept["viewBox"] = f"0 0 {width} {height}"
    box = kept.get("viewBox", "").split()
    natural = box[2] if len(box) == 4 and _is_number(box[2]) else "640"
    kept["aria-label"] = kept.get("aria-label") or escape(label)
    kept |= {"class": "plot", "role": "img", "style": f"--natural:{natural}px"}
    return "".join(f' {key}="{value}"' for key, value in kept.items())


def _is_number(text: str) -> bool:
    """Return whether a length is a plain positive number."""
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
