"""Bytes to text, whatever they claim to be written in. Nothing here fails; what cannot be read becomes U+FFFD."""

import codecs
import re

_REALLY = {
    # What mail programs say, and what they mean by it: the larger set that holds the named one.
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "big5": "cp950",
    "big-5": "cp950",
    "x-x-big5": "cp950",
    "cn-big5": "cp950",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
_SECOND = {"cp950": "big5hkscs", "iso2022_jp_ext": "iso2022_jp_3", "cp1252": "latin-1", "cp1254": "latin-1"}
_SAYS_NOTHING = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown", "x-unknown", "unknown-8bit", "default", "binary"}
_COMMON = {
    # Of the double bytes of ordinary text, most begin in the rows of the common characters.
    "gb18030": (re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]"), re.compile(rb"[\x81-\xfe][\x30-\x39\x40-\xfe]")),
    "cp950": (re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]"), re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")),
    "cp932": (re.compile(rb"[\x81-\x83\x88-\x97][\x40-\xfc]"), re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\xfc]")),
    "cp949": (re.compile(rb"[\xa1\xb0-\xc8][\xa1-\xfe]"), re.compile(rb"[\x81-\xfe][\x41-\xfe]")),
}
_EIGHT_BIT = re.compile(rb"[\x80-\xff]")
_TORN = re.compile("[\ud800-\udfff]")
"""Halves of characters, which UTF-7 lets through and nothing else can keep."""


def to_text(content: bytes, label: str | None) -> str:
    """The text of these bytes: as labelled if that works out, else as the likeliest of what mail is written in."""
    return _TORN.sub("�", _read(content, label))


def _read(content: bytes, label: str | None) -> str:
    claimed = _codec(label)
    # Almost nothing that is not UTF-8 reads as UTF-8; but the escapes of Japanese and of UTF-7 are plain ASCII.
    if claimed is None or (_EIGHT_BIT.search(content) and claimed not in {"utf-16", "utf-32"}):
        text = _strictly(content, "utf-8")
        if text is not None:
            return text
    for codec in (claimed, _SECOND.get(claimed or "")):
        if codec and (text := _strictly(content, codec)) is not None:
            return text
    if (text := _likeliest(content)) is not None:
        return text
    return _as_far_as_it_goes(content, claimed or "utf-8")


def _as_far_as_it_goes(content: bytes, codec: str) -> str:
    text = content.decode(codec, "replace")
    beyond = sum(char > "\x7f" for char in text)
    return text if text.count("�") * 2 < beyond or codec.startswith("iso2022") else content.decode("cp1252", "replace")


def _codec(label: str | None) -> str | None:
    name = (label or "").strip().strip("\"'").lower()
    if name in _SAYS_NOTHING:
        return None
    try:
        found = codecs.lookup(_REALLY.get(name, name))
    except (LookupError, ValueError):
        return None
    # Python also knows codecs that are not charsets, such as zip and punycode: nothing a mail may choose.
    return found.name if found._is_text_encoding and found.name not in _NO_CHARSETS else None


_NO_CHARSETS = {
    "punycode",
    "idna",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "unicode-escape",
    "raw-unicode-escape",
    "mbcs",
    "oem",
}


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _likeliest(content: bytes) -> str | None:
    best, share = None, 0.6
    sample = content[:20_000]
    for codec, (common, any_pair) in _COMMON.items():
        pairs = len(any_pair.findall(sample))
        text = _strictly(content, codec) if pairs else None
        if text is not None and len(common.findall(sample)) / pairs > share:
            best, share = text, len(common.findall(sample)) / pairs
    return best
