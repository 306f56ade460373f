"""How a file looks on the wire, and inside the message that carries it."""

from typing import Literal

from helpline.core import Out

from .models import File, FileState
from .rules import PREVIEW, is_picture


class FileOut(Out):
    id: str
    name: str
    size: int
    media_type: str
    url: str
    image: bool
    width: int | None = None
    height: int | None = None
    preview: str | None = None
    """Where a small one of a picture is, which weighs little and tells nothing of where it was taken."""
    state: Literal["here", "awaited", "missing"] = "here"
    """Whether its bytes are here; those of a file from a channel outside are fetched after the message."""
    trouble: str = ""
    """Why it is missing: ``too_large``, ``no_space``, ``auth``, ``timeout``, ``disk``; else in the provider's words."""


class StorageOut(Out):
    used: int
    limit: int | None


_STATES: dict[str, Literal["awaited", "missing"]] = {
    FileState.AWAITED: "awaited",
    FileState.MISSING: "missing",
}


def file_out(file: File) -> FileOut:
    """A file as others see it."""
    return FileOut(
        id=file.id,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        url=file.url,
        image=is_picture(file.media_type),
        width=file.width,
        height=file.height,
        preview=f"{file.url}/{PREVIEW}" if file.width else None,
        state=_STATES.get(file.state, "here"),
        trouble=file.trouble if file.state == FileState.MISSING else "",
    )
