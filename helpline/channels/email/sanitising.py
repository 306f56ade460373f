"""HTML of strangers, made harmless: nothing in it runs, and nothing is fetched until somebody asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TAGS = {
    "a", "abbr", "address", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del", "div", "dl",
    "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_PLACED = {"align", "valign", "width", "height", "bgcolor"}
ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "border", "align"},
    "font": {"color", "face", "size"},
    "table": {*_PLACED, "border", "cellpadding", "cellspacing"},
    "td": {*_PLACED, "colspan", "rowspan", "nowrap"},
    "th": {*_PLACED, "colspan", "rowspan", "nowrap"},
    "tr": _PLACED,
    "col": {"width", "span"},
    "ol": {"start", "type"},
    "div": {"align"},
    "p": {"align"},
    "hr": {"width", "size", "color"},
}
_SIDES = ("", "-top", "-right", "-bottom", "-left")
STYLES = {
    "background-color", "border-collapse", "border-color", "border-radius", "border-spacing", "border-style", "border-width",
    "color", "direction", "display", "font", "font-family", "font-size", "font-style", "font-weight", "height",
    "letter-spacing", "line-height", "list-style-type", "max-width", "min-width", "text-align", "text-decoration",
    "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-break", "word-wrap",
    *(f"{name}{side}" for name in ("border", "margin", "padding") for side in _SIDES),
}  # fmt: skip
"""How things may look; not where they stand, what they load or what they lie above."""
_TRICKS = re.compile(r"url|\\|expression|image|var\s*\(|attr\s*\(|calc|/\*|@|-\d{3,}", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
"""Nothing that would lead on within the page that shows it, which is ours."""
LONGEST = 1_000_000
_OURS = re.compile(r"/files/[A-Za-z0-9-]+/[A-Za-z0-9-]+/[0-9a-f]+")
"""A file of ours, and nothing that a browser would take for another place of ours."""


@dataclass(frozen=True)
class Shown:
    """What may be put into a frame."""

    html: str
    remote: int
    """How many images of other servers were left out, or are let in when they were asked for."""


def safe(html: str, *, inline: Mapping[str, str] | None = None, images: bool = False) -> Shown:
    """This HTML without what is dangerous; ``inline`` says where the images are that came along, by their content id.

    Files of ours (``/files/…``) stay, so that what was made safe once stays as it is.
    """
    # Imported here, because most installations have no mailbox.
    import nh3

    remote: set[str] = set()
    along = {cid.lower(): address for cid, address in (inline or {}).items()}

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return ";".join(one for one in value.split(";") if not _TRICKS.search(one))
        if (tag, name) == ("img", "src"):
            return _image(value.strip())
        if name == "href" and not _LINK.match(value.strip()):
            return None
        return value

    def _image(source: str) -> str | None:
        kind = source.partition(":")[0].lower()
        if kind == "cid":
            return along.get(source[4:].strip("<> ").lower())
        if kind == "data":
            return source if _DATA.fullmatch(source) else None
        if _OURS.fullmatch(source):
            return source
        if kind not in {"http", "https"}:
            return None
        remote.add(source)
        return source if images else None

    clean = nh3.clean(
        html[:LONGEST],
        tags=TAGS,
        clean_content_tags={
            "script",
            "style",
            "title",
            "template",
            "noscript",
            "noembed",
            "iframe",
            "object",
            "textarea",
        },
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        filter_style_properties=STYLES,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )
    return Shown(html=clean, remote=len(remote))
