"""Files of messages: which method carries which, how large, and how a message tells of them."""

import hashlib
from datetime import timedelta
from typing import Any, NamedTuple

from ..exchange import Upload
from ..provider import Provider
from .refusals import bad

FILE_LASTS = timedelta(hours=1)
MOST_DOWN = 20 * 1024 * 1024
MOST_CAPTION = 1024


class Carried(NamedTuple):
    """How a kind of file is carried."""

    field: str
    most: int
    types: tuple[str, ...]


CARRIED = {
    "sendPhoto": Carried("photo", 10 * 1024 * 1024, ("image/jpeg", "image/png", "image/webp", "image/gif")),
    "sendVideo": Carried("video", 50 * 1024 * 1024, ("video/",)),
    "sendAudio": Carried("audio", 50 * 1024 * 1024, ("audio/",)),
    "sendVoice": Carried("voice", 50 * 1024 * 1024, ("audio/",)),
    "sendDocument": Carried("document", 50 * 1024 * 1024, ("",)),
    "sendSticker": Carried("sticker", 512 * 1024, ("image/webp", "application/x-tgsticker", "video/webm")),
}


def keep(provider: Provider, method: str, given: Any) -> tuple[str, str]:
    """The id and the name of a file that was given: uploaded, known by its id, or somewhere on the web."""
    carried = CARRIED[method]
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        if len(given.data) > carried.most:
            raise bad("Request Entity Too Large", 413)
        if not given.content_type.startswith(carried.types):
            raise bad("PHOTO_INVALID_DIMENSIONS" if method == "sendPhoto" else "wrong type of the file")
        return provider.keep(given.data, given.content_type, lasts=timedelta(days=365), name=given.name), given.name
    if isinstance(given, str) and given in provider.files:
        return given, provider.files[given].name
    if isinstance(given, str) and given.startswith(("http://", "https://")):
        return given, ""
    raise bad("wrong file identifier/HTTP URL specified")


def told(kind: str, file_id: str, provider: Provider, **more: Any) -> dict[str, Any]:
    """The part of a message that tells of its file."""
    kept = provider.files.get(file_id)
    size = len(kept.data) if kept else 0
    told = {"file_id": file_id, "file_unique_id": hashlib.sha256(file_id.encode()).hexdigest()[:14], "file_size": size}
    if kind == "photo":
        small = {**told, "width": 90, "height": 60, **more}
        return {"photo": [small, {**told, "width": 1280, "height": 853, **more}]}
    if kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": {**told, **shape, **more}}
    if kept and kept.name:
        told["file_name"] = kept.name
    if kept:
        told["mime_type"] = kept.content_type
    if kind in {"video", "audio", "voice"}:
        told["duration"] = 3
    if kind == "video":
        told |= {"width": 640, "height": 360}
    return {kind: {**told, **more}}
