"""Small pictures of what people send: upright, without where it was taken, and harmless whatever the bytes are."""

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from helpline.files.pictures import EDGE, LARGEST, MOST_SCANS, size_of, small

RED, BLUE = (220, 20, 20), (20, 20, 220)


def _bytes(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def _photo() -> bytes:
    """Taken with a telephone held upright: told lying, red at its left, with the place where it was taken."""
    lying = Image.new("RGB", (1600, 900), BLUE)
    lying.paste(RED, (0, 0, 800, 900))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 12.0), 3: "E", 4: (8.0, 32.0, 1.0)})
    exif[0x010E] = "SECRET PLACE"
    return _bytes(lying, "JPEG", exif=exif, comment=b"SECRET PLACE")


def _small(tmp_path: Path, content: bytes) -> bytes | None:
    file = tmp_path / "picture"
    file.write_bytes(content)
    return small(file)


def _opened(tmp_path: Path, content: bytes) -> Image.Image:
    made = _small(tmp_path, content)
    assert made is not None
    return Image.open(BytesIO(made))


def _png(width: int, height: int) -> bytes:
    """Says that it is so large, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")


def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    photo = _photo()
    assert b"SECRET PLACE" in photo
    assert size_of(photo) == (900, 1600)
    made = _small(tmp_path, photo)
    assert made is not None
    assert b"SECRET" not in made
    assert b"Exif" not in made
    shown = Image.open(BytesIO(made))
    assert shown.format == "JPEG"
    assert shown.size == (EDGE * 9 // 16, EDGE)
    top, bottom = shown.getpixel((200, 100)), shown.getpixel((200, 700))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 180
    assert bottom[2] > 180


def test_of_a_moving_picture_the_first_frame_is_shown(tmp_path: Path) -> None:
    first, second = Image.new("RGB", (40, 30), RED), Image.new("RGB", (40, 30), BLUE)
    moving = _bytes(first, "GIF", save_all=True, append_images=[second], duration=100)
    assert size_of(moving) == (40, 30)
    shown = _opened(tmp_path, moving)
    assert len(list(ImageSequence.Iterator(shown))) == 1
    pixel = shown.convert("RGB").getpixel((20, 15))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 180 > pixel[2]


def test_what_is_clear_stays_clear_unless_that_weighs_too_much(tmp_path: Path) -> None:
    clear = _opened(tmp_path, _bytes(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert clear.format == "PNG"
    assert clear.mode == "RGBA"
    noise = Image.frombytes("RGBA", (900, 900), random.Random(1).randbytes(900 * 900 * 4))
    heavy = _small(tmp_path, _bytes(noise, "PNG"))
    assert heavy is not None
    assert len(heavy) <= LARGEST
    assert heavy.startswith(b"\xff\xd8")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_any_kind_of_colour_is_made_small(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    shown = _opened(tmp_path, _bytes(Image.new(mode, (1000, 10)), kind))
    assert shown.size == (EDGE, 8)


@pytest.mark.parametrize("size", [(60_000, 60_000), (4_000_000_000, 1), (20_000, 1_000)])
def test_what_would_unfold_to_very_much_is_not_unfolded(tmp_path: Path, size: tuple[int, int]) -> None:
    assert size_of(_png(*size)) is None
    assert _small(tmp_path, _png(*size)) is None


def test_what_is_told_in_very_many_passes_is_not_read(tmp_path: Path) -> None:
    many = _photo() + b"\xff\xda" * MOST_SCANS
    assert size_of(many) is None
    assert _small(tmp_path, many) is None


def test_whatever_is_broken_is_only_no_picture(tmp_path: Path) -> None:
    chance = random.Random(20261128)
    palette = Image.new("P", (64, 64))
    whole = [_photo(), *(_bytes(palette, kind) for kind in ("PNG", "GIF")), _bytes(palette.convert("RGB"), "WEBP")]
    assert size_of(b"") is None
    assert size_of(b"GIF89a") is None
    for content in whole:
        assert size_of(content)
        for _ in range(25):
            cut = bytearray(content[: chance.randrange(1, len(content))])
            bent = bytearray(content)
            for _ in range(8):
                bent[chance.randrange(len(bent))] = chance.randrange(256)
            for tried in (bytes(cut), bytes(bent)):
                size_of(tried)
                made = _small(tmp_path, tried)
                assert made is None or max(Image.open(BytesIO(made)).size) <= EDGE


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM"])
def test_other_kinds_are_not_looked_at(kind: str) -> None:
    assert size_of(_bytes(Image.new("RGB", (16, 16)), kind)) is None
