"""How large a picture is, and a small one of it. What people send is read with care: a few bytes can unfold to gigabytes."""

import struct
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .rules import is_picture, media_type_of

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 40_000_000
"""As cameras of telephones make them. Nothing larger is unfolded."""
MOST_OF_OTHERS = 16_000_000
"""JPEG can be unfolded at a fraction of its size; these are held whole."""
MOST_SCANS = 100
"""A JPEG may be told in any number of passes, each of which takes time."""
EDGE = 800
LARGEST = 1_000_000
ORIENTATION = 0x0112
TURNED = {5, 6, 7, 8}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    struct.error,
    MemoryError,
)
"""What reading a picture that is none can end in."""


class Size(NamedTuple):
    """In pixels, as it is to be looked at."""

    width: int
    height: int


def size_of(content: bytes) -> Size | None:
    """Read from the head alone; nothing where it is no picture, or one that is too large to be made small."""
    if not is_picture(media_type_of("", content[:16])):
        return None
    try:
        with _opened(content) as picture:
            width, height = picture.size
            return Size(height, width) if _orientation(picture) in TURNED else Size(width, height)
    except BROKEN:
        return None


def small(path: Path) -> bytes | None:
    """A small one, the right way up, of its first frame, with nothing of what the camera noted; nothing where it cannot be."""
    try:
        with _opened(path.read_bytes()) as picture:
            orientation = _orientation(picture)
            picture.draft("RGB", (EDGE, EDGE))
            shown = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        shown.info.clear()
        shown.thumbnail((EDGE, EDGE), reducing_gap=2.0)
        return _written(_upright(shown, orientation))
    except BROKEN:
        return None


def _opened(content: bytes) -> "Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, before anything is unfolded
    warnings.filterwarnings("ignore", module="PIL")  # what strangers send is odd every day
    if content.startswith(b"\xff\xd8") and content.count(b"\xff\xda") > MOST_SCANS:
        raise ValueError("too many scans")
    picture = Image.open(BytesIO(content), formats=FORMATS)
    width, height = picture.size
    if not 0 < width * height <= (MOST_PIXELS if picture.format == "JPEG" else MOST_OF_OTHERS):
        raise ValueError("too many pixels")
    return picture


def _orientation(picture: "Image") -> int:
    """Only of what its head holds: to look further, Pillow would unfold it."""
    from PIL.Image import Exif

    noted = picture.info.get("exif")
    if not isinstance(noted, bytes):
        return 1
    try:
        exif = Exif()
        exif.load(noted)
        said = exif.get(ORIENTATION, 1)
    except BROKEN:
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def _upright(picture: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turns = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    return picture if orientation == 1 else picture.transpose(turns[orientation - 2])


def _written(picture: "Image") -> bytes:
    from PIL import Image

    out = BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            return out.getvalue()
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        out, picture = BytesIO(), paper
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
