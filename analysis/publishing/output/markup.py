"""The tags and attributes that a page may take over from a notebook's outputs."""


def _words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


HTML_TAGS = _words(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a strong em b i sub "
    "sup small span div section aside figure figcaption blockquote code pre br hr abbr time data details summary mark "
    "s del ins svg"
)
SVG_TAGS = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs clippath lineargradient radialgradient stop "
    "pattern mask marker title desc use symbol"
)
VOID = _words("br hr col area base embed img input link meta source track wbr")
DROPPED_WITH_CONTENT = _words(
    "script style iframe object embed template noscript noembed noframes head foreignobject animate set "
    "animatetransform animatemotion audio video canvas form button select textarea math xmp plaintext"
)
ATTRIBUTES = _words(
    "class lang title dir role colspan rowspan scope headers abbr datetime start span value open tabindex"
)
SVG_ATTRIBUTES = _words(
    "width height viewbox preserveaspectratio version xmlns xmlns:xlink transform d x y x1 y1 x2 y2 cx cy r rx ry dx "
    "dy fx fy points offset rotate textlength lengthadjust fill fill-opacity fill-rule stroke stroke-width "
    "stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity "
    "clip-path clip-rule mask marker-start marker-mid marker-end font-family font-size font-weight font-style "
    "text-anchor dominant-baseline alignment-baseline letter-spacing paint-order pointer-events display visibility "
    "cursor clippathunits gradientunits gradienttransform spreadmethod stop-color stop-opacity patternunits "
    "patterntransform patterncontentunits maskunits maskcontentunits markerwidth markerheight markerunits orient refx "
    "refy vector-effect shape-rendering text-rendering"
)
_CAPITALS = _words(
    "clipPath linearGradient radialGradient viewBox preserveAspectRatio textLength lengthAdjust clipPathUnits "
    "gradientUnits gradientTransform spreadMethod patternUnits patternTransform patternContentUnits maskUnits "
    "maskContentUnits markerWidth markerHeight markerUnits refX refY"
)
#: Names that an HTML parser lowers and SVG spells with capitals.
SVG_CASE = {name.lower(): name for name in _CAPITALS}
