"""How a file looks on the wire, and inside the message that carries it."""

from helpline.core import Out

from .models import File
from .rules import is_picture


class FileOut(Out):
    id: str
    name: str
    size: int
    media_type: str
    url: str
    image: bool


class StorageOut(Out):
    used: int
    limit: int | None


def file_out(file: File) -> FileOut:
    """A file as others see it."""
    return FileOut(
        id=file.id,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        url=file.url,
        image=is_picture(file.media_type),
    )
