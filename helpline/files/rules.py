"""What may be uploaded, and as what it is served."""

import mimetypes
import unicodedata
from datetime import timedelta
from pathlib import PurePosixPath

LARGEST = 20 * 1024 * 1024
PREVIEW = "preview"
"""What stands behind the address of a picture in that of the small one."""
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
REFUSED = {
    ".exe",
    ".bat",
    ".cmd",
    ".com",
    ".scr",
    ".msi",
    ".js",
    ".jse",
    ".vbs",
    ".vbe",
    ".wsf",
    ".hta",
    ".ps1",
    ".lnk",
}

FETCHES = 48
"""After so many failures a file from outside is given up, which is after more than a day; people can ask for it again."""
LONGEST_PAUSE = timedelta(hours=1)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def is_picture(media_type: str) -> bool:
    """Whether browsers may show it in place; everything else is only downloaded."""
    return media_type in PICTURES


def media_type_of(name: str, head: bytes) -> str:
    """What the file is. Only its first bytes make it a picture, never its name or what the sender claims."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    guessed, _ = mimetypes.guess_type(name)
    if guessed is None or guessed.startswith("image/"):
        return "application/octet-stream"
    return guessed


def clean_name(name: str) -> str:
    """The last part of the name, without control characters and direction tricks, at most 200 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    shown = shown.strip(" .")
    if len(shown) > 200:
        stem, dot, ending = shown.rpartition(".")
        shown = f"{stem[:180]}{dot}{ending[:19]}" if dot else shown[:200]
    return shown or "file"


def is_refused(name: str) -> bool:
    """Whether files of this kind are not taken at all: programs that a double click starts."""
    return PurePosixPath(name.lower()).suffix in REFUSED
