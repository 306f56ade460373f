"""Mails made to take forever: each is read, or refused, in less than it takes to notice."""

import multiprocessing
from collections.abc import Callable
from queue import Empty

import pytest

from helpline.channels.contract import Account, NotUnderstood, Raw
from helpline.channels.email.adapter import Email
from helpline.channels.email.as_text import is_endless

PATIENCE = 60.0
"""Seconds; what is not bounded takes hours."""


def _mail(head: bytes, body: bytes = b"hi") -> bytes:
    return (
        b"From: a@post.example\r\nTo: s@shop.example\r\nMessage-ID: <bomb.1@post.example>\r\n"
        + head
        + b"\r\n\r\n"
        + body
    )


def _html(body: bytes) -> bytes:
    return _mail(b"Content-Type: text/html", body)


MANY = b'Content-Type: multipart/mixed; boundary="b"'
BOMBS: dict[str, Callable[[], bytes]] = {
    "lines": lambda: _mail(b"X: y", b"From: a\n" * 120_000),
    "quotes": lambda: _mail(b"X: y", b"> > > a\n" * 120_000),
    "parts": lambda: _mail(MANY, b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n" * 10_000),
    "bare parts": lambda: _mail(MANY, b"--b\r\n\r\n" * 900_000),
    "one long header": lambda: _mail(b"X-A: " + b"x" * 39_000_000),
    "a million headers": lambda: _mail(b"\r\n".join(b"X-%d: y" % n for n in range(1_000_000))),
    "tags in tags": lambda: _html(b"<div>" * 900_000),
    "attributes": lambda: _html(b"<a " + b"x=1 " * 900_000 + b">"),
    "open brackets": lambda: _html(b"<" * 900_000),
    "remarks": lambda: _html(b"<!--" * 400_000),
    "addresses": lambda: _mail(b"Cc: " + b", ".join(b"a%d@b.example" % n for n in range(50_000))),
    "nested": lambda: _mail(
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(400))
    ),
}


def _read(name: str, told: "multiprocessing.Queue[str]") -> None:
    account = Account(channel_id="c", settings={"address": "s@shop.example"}, secrets={})
    try:
        (event,) = Email().receive(account, Raw(body=BOMBS[name]()))
        told.put(type(event).__name__)
    except NotUnderstood as why:
        told.put(str(why))


@pytest.mark.parametrize("name", BOMBS)
def test_a_mail_made_to_take_forever_does_not(name: str) -> None:
    told: multiprocessing.Queue[str] = multiprocessing.get_context("spawn").Queue()
    reading = multiprocessing.get_context("spawn").Process(target=_read, args=(name, told), daemon=True)
    reading.start()
    try:
        became = told.get(timeout=PATIENCE)
    except Empty:
        pytest.fail("it takes forever")
    finally:
        reading.kill()
        reading.join()
    assert became == "Mailed" or became.startswith(("This mail", "The headers"))


def test_a_picture_within_the_html_is_no_bomb() -> None:
    assert not is_endless('<p>See <img alt="" src="data:image/png;base64,' + "iVBO/w0K" * 100_000 + '"></p>')
