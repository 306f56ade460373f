"""Uploads: what is taken, as what it is served, and that its address cannot be guessed."""

import asyncio
import io
import socket
from typing import Any

import httpx
import pytest
from PIL import Image

from helpline.app.sweeping import sweep
from helpline.files.api import FileMissing, FileNotKept, FileRefused, FileTooLarge
from helpline.files.rules import LARGEST, clean_name, media_type_of
from tests.running import Running

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def _upload(client: httpx.Client, name: str, content: bytes = b"hello", field: str = "file") -> Any:
    return client.post("/api/files", files={field: (name, content)})


def test_a_picture_is_shown_in_place_and_everything_else_downloaded(running: Running) -> None:
    admin = running.set_up()
    picture, page = (
        _upload(admin, "photo.png", PNG).json(),
        _upload(admin, "page.html", b"<script>alert(1)</script>").json(),
    )
    assert (picture["image"], picture["media_type"], page["image"]) == (True, "image/png", False)
    nobody = running.client()
    for file, shown in ((picture, "inline"), (page, "attachment")):
        served = nobody.get(file["url"])
        assert served.status_code == 200
        assert served.headers["content-disposition"].startswith(shown)
        assert served.headers["x-content-type-options"] == "nosniff"
        assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert nobody.get(picture["url"]).content == PNG


def test_a_player_is_given_the_part_it_asks_for(running: Running) -> None:
    admin = running.set_up()
    url = _upload(admin, "said.mp3", b"0123456789").json()["url"]
    for asked, given, header in (
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ):
        served = running.client().get(url, headers={"range": asked})
        assert (served.status_code, served.content, served.headers["content-range"]) == (206, given, header)
        assert served.headers["x-content-type-options"] == "nosniff"
        assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert served.headers["content-type"].startswith("audio/")
    for whole in ("bytes=10-", "bytes=3-1", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=" + "9" * 400 + "-"):
        served = running.client().get(url, headers={"range": whole})
        assert (served.status_code, served.content) == (200, b"0123456789")


def test_an_address_that_was_not_signed_here_finds_nothing(running: Running) -> None:
    admin = running.set_up()
    url = _upload(admin, "a.txt").json()["url"]
    head, mark = url.rsplit("/", 1)
    for wrong in (f"{head}/{'0' * 32}", f"{head}/{mark[:-1]}", f"{head}/{mark}0", f"{head}x/{mark}", f"{head}/é"):
        assert running.client().get(wrong).status_code == 404


def test_what_is_not_taken(running: Running) -> None:
    admin = running.set_up()
    missing = _upload(admin, "a.txt", field="other")
    assert (missing.status_code, missing.json()["code"]) == (422, FileMissing.code())
    for name in ("virus.exe", "VIRUS.EXE", "a.txt.js", "run.bat ", "x.ps1."):
        refused = _upload(admin, name)
        assert (refused.status_code, refused.json()["code"]) == (422, FileRefused.code()), name
    large = _upload(admin, "large.bin", b"x" * (LARGEST + 1))
    assert (large.status_code, large.json()["code"]) == (413, FileTooLarge.code())
    huge = _upload(admin, "huge.bin", b"x" * (LARGEST + 200_000))
    assert huge.status_code == 413
    assert _upload(admin, "largest.bin", b"x" * LARGEST).status_code == 201


def test_what_the_disk_does_not_take_is_refused_and_takes_no_place(running: Running) -> None:
    admin = running.set_up()
    root = running.app.state.storage.root
    root.parent.mkdir(parents=True, exist_ok=True)
    if root.is_dir():
        root.rmdir()
    root.write_text("a file where the folder should be")
    failed = _upload(admin, "a.txt")
    assert (failed.status_code, failed.json()["code"]) == (503, FileNotKept.code())
    root.unlink()
    assert _upload(admin, "a.txt", b"taken").status_code == 201
    assert asyncio.run(sweep(running.app.state.units, running.app.state.storage)) == 1
    assert admin.get("/api/storage").json()["used"] == len(b"taken")


# Litestar leaves it to Python to close the temporary file of a body that did not come whole; that is at once.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile")
def test_of_an_upload_that_is_broken_off_nothing_is_kept(running: Running) -> None:
    admin = running.set_up()
    cookies = "; ".join(f"{name}={value}" for name, value in admin.cookies.items())
    head = f"POST /api/files HTTP/1.1\r\nHost: localhost:{running.port}\r\nCookie: {cookies}\r\nContent-Length: 1000000\r\n"
    head += f"X-CSRF-Token: {admin.headers['x-csrf-token']}\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
    part = '--x\r\nContent-Disposition: form-data; name="file"; filename="half.txt"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", running.port)) as line:
        line.sendall(head.encode() + part.encode() + b"h" * 300_000)
    whole = _upload(admin, "whole.txt")
    assert whole.status_code == 201
    kept = [path.name for path in running.app.state.storage.root.rglob("*") if path.is_file()]
    assert kept == [whole.json()["id"]]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.png", "photo.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.png", "photo.png"),
        ("in\u202egpj.exe", "ingpj.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("...", "file"),
        ("", "file"),
        ("發票.pdf", "發票.pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 400 + ".pdf").endswith("x.pdf")
    assert len(clean_name("x" * 400 + ".pdf")) <= 200
    assert len(clean_name("x." + "y" * 400)) <= 200


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", PNG, "image/png"),
        ("a.png", b"<html>", "application/octet-stream"),
        ("a.svg", b"<svg>", "application/octet-stream"),
        ("a.webp", b"RIFF0000WEBP", "image/webp"),
        ("a.pdf", b"%PDF", "application/pdf"),
        ("a", b"", "application/octet-stream"),
    ],
)
def test_only_the_first_bytes_make_a_picture(name: str, head: bytes, kind: str) -> None:
    assert media_type_of(name, head) == kind


def _photo(edge: int = 1200) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((edge, edge * 3 // 4), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def test_of_a_picture_there_is_a_small_one_at_the_same_signed_address(running: Running) -> None:
    admin, nobody, photo = running.set_up(), running.client(), _photo()
    file = _upload(admin, "photo.jpg", photo).json()
    assert (file["width"], file["height"], file["preview"]) == (1200, 900, f"{file['url']}/preview")
    for _ in range(2):
        served = nobody.get(file["preview"])
        assert (served.status_code, served.headers["content-type"]) == (200, "image/jpeg")
        assert len(served.content) < len(photo)
        assert served.headers["x-content-type-options"] == "nosniff"
        assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert Image.open(io.BytesIO(served.content)).size == (800, 600)
    assert nobody.get(file["url"]).content == photo
    head, _, mark = file["url"].rpartition("/")
    assert nobody.get(f"{head}/{mark[:-1]}{'a' if mark[-1] != 'a' else 'b'}/preview").status_code == 404


def test_a_broken_picture_stands_for_itself_and_what_is_none_has_no_small_one(running: Running) -> None:
    admin, nobody = running.set_up(), running.client()
    broken = _upload(admin, "broken.png", PNG).json()
    assert (broken["image"], broken["width"], broken["preview"]) == (True, None, None)
    assert nobody.get(f"{broken['url']}/preview").content == PNG
    half = _upload(admin, "half.jpg", _photo()[:2000]).json()
    assert half["width"] == 1200
    served = nobody.get(half["preview"])
    assert served.status_code == 200
    assert served.headers["content-type"] == "image/jpeg"
    assert nobody.get(f"{_upload(admin, 'a.txt').json()['url']}/preview").status_code == 404
