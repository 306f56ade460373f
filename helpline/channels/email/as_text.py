"""HTML as the text it reads as."""

import re
from html.parser import HTMLParser

_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "base", "wbr", "area", "source"}
_BLOCKS = {
    "p", "div", "table", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section",
    "article", "header", "footer", "center", "address", "dl", "dt", "dd", "form", "fieldset", "body", "html",
}  # fmt: skip
_SPACED = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl"}
_DEEPEST_QUOTE = 20
_MOST_TAGS, _LONGEST_TAG = 20_000, 20_000
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.unseen: list[str] = []
        self.quotes = self.pre = 0
        self.link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNSEEN:
            self.unseen.append(tag)
        if self.unseen:
            return
        if tag in _BLOCKS:
            self.break_line(spaced=tag in _SPACED)
        if tag == "br":
            self.break_line(always=True)
        elif tag == "hr":
            self.break_line()
            self.line = "-" * 20
            self.break_line()
        elif tag == "li":
            self.line = "• "
        elif tag == "td" and self.line.strip():
            self.line += " "
        elif tag == "blockquote":
            self.quotes = min(self.quotes + 1, _DEEPEST_QUOTE)
        elif tag == "pre":
            self.pre += 1
        elif tag == "a":
            self.link = (given.get("href") or "", len(self.line))
        elif tag == "img" and (alt := (given.get("alt") or "").strip()):
            self.line += f"[{alt}]"

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[-1] or (tag in self.unseen and tag in {"head", "body"}):
                self.unseen = self.unseen[: self.unseen.index(tag)]
            elif tag == "html":
                self.unseen = []
            return
        if tag in _BLOCKS:
            self.break_line(spaced=tag in _SPACED)
        if tag == "blockquote":
            self.quotes = max(self.quotes - 1, 0)
            if self.lines and not self.lines[-1].strip("> "):
                self.lines[-1] = ">" * self.quotes
        elif tag == "pre":
            self.pre = max(self.pre - 1, 0)
        elif tag == "a" and self.link:
            href, at = self.link
            shown = self.line[at:].strip()
            if href.startswith(("http://", "https://")) and shown and not _same(href, shown):
                self.line += f" ({href})"
            self.link = None

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if self.pre:
            first, *rest = data.split("\n")
            self.line += first
            for line in rest:
                self.break_line(always=True)
                self.line = line
            return
        spoken = re.sub(r"[ \t\r\n\f]+", " ", data)
        self.line += spoken.lstrip() if not self.line or self.line.endswith(" ") else spoken

    def break_line(self, *, always: bool = False, spaced: bool = False) -> None:
        said = self.line.rstrip().replace("\xa0", " ")
        if said.strip() or always:
            self.lines.append((">" * self.quotes + " " if self.quotes else "") + said)
        if spaced and self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self.quotes)
        self.line = ""
        self.link = (self.link[0], 0) if self.link else None


def as_text(html: str) -> str:
    """What somebody reads who sees this HTML, quotes marked by ``>``."""
    html = _without_remarks(html)
    if is_endless(html):
        return " ".join(_TAG.sub(" ", html).split())
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.break_line()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.lines)).strip("\n").rstrip()


def is_endless(html: str) -> bool:
    """Whether to take this apart would take forever, or more than there is: nobody wrote it to be read."""
    long = (one for one in re.findall(r"<[^>]*", html) if len(one) > _LONGEST_TAG)
    # What is quoted may be long: some write pictures there.
    return html.count("<") > _MOST_TAGS or any(len(_QUOTED.sub("", one)) > _LONGEST_TAG for one in long)


def _without_remarks(html: str) -> str:
    said, at = [], 0
    while (begins := html.find("<!--", at)) >= 0 and (ends := html.find("-->", begins)) >= 0:
        said.append(html[at:begins])
        at = ends + 3
    return "".join(said) + html[at:]


def _same(href: str, shown: str) -> bool:
    def bare(url: str) -> str:
        return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").lower()

    return bare(href) == bare(shown)
