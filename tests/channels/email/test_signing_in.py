"""How one signs in at the server that sends mails: by a password, or by a token in one of two ways."""

import asyncio
import socketserver
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from helpline.channels.contract import Failed
from helpline.channels.email import smtp
from helpline.channels.email.servers import Server
from helpline.outside import Outside

OUTSIDE = Outside("127.0.0.1")


class Door(socketserver.TCPServer):
    """A server that lets in who shows the secret in one of the ways it knows."""

    ways: str
    heard: list[str]
    knows_ehlo = True


class Talk(socketserver.StreamRequestHandler):
    server: Door

    def handle(self) -> None:
        self.say("220 mx.example ESMTP")
        while line := self.rfile.readline().decode():
            self.server.heard.append(line.strip())
            word = line.split()[0].upper()
            if word == "EHLO" and self.server.knows_ehlo:
                self.say(f"250-mx.example\r\n250 AUTH {self.server.ways}")
            elif word == "EHLO":
                self.say("502 what?")
            elif word == "AUTH":
                shown = b64decode(line.split()[2]).decode()
                if "right" in shown:
                    self.say("235 2.7.0 welcome")
                elif word and "PLAIN" in line:
                    self.say("535 5.7.8 no")
                else:
                    self.say("334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=")
                    self.rfile.readline()
                    self.say("535 5.7.8 no")
            else:
                self.say("221 bye" if word == "QUIT" else "250 well")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def door(ways: str, *, knows_ehlo: bool = True) -> Iterator[Door]:
    with Door(("127.0.0.1", 0), Talk) as server:
        server.ways, server.heard, server.knows_ehlo = ways, [], knows_ehlo
        talking = threading.Thread(target=server.handle_request)
        talking.start()
        yield server
        talking.join()


def signed_in(at: Door, secret: str = "right", *, is_token: bool = False) -> list[str]:
    """What was shown, in clear."""
    there = Server("127.0.0.1", at.server_address[1], "none", "help@shop.example", secret, is_token)
    asyncio.run(smtp.check(there, OUTSIDE))
    return [f"{way} {b64decode(shown).decode()}" for _, way, shown in _shown(at)]


def _shown(at: Door) -> list[list[str]]:
    return [line.split() for line in at.heard if line.startswith("AUTH")]


def test_a_password_is_shown_where_the_server_asks_for_one() -> None:
    with door("PLAIN LOGIN") as server:
        assert signed_in(server) == ["PLAIN \0help@shop.example\0right"]


def test_a_server_that_asks_for_nothing_is_shown_nothing() -> None:
    with door("", knows_ehlo=False) as server:
        assert signed_in(server) == []
        assert any(line.startswith("HELO") for line in server.heard)


@pytest.mark.parametrize(
    ("ways", "shown"),
    [
        ("XOAUTH2", "XOAUTH2 user=help@shop.example\1auth=Bearer right\1\1"),
        ("OAUTHBEARER XOAUTH2", "XOAUTH2 user=help@shop.example\1auth=Bearer right\1\1"),
        ("OAUTHBEARER PLAIN", "OAUTHBEARER n,a=help@shop.example,\1auth=Bearer right\1\1"),
    ],
)
def test_a_token_is_shown_in_a_way_that_the_server_knows(ways: str, shown: str) -> None:
    with door(ways) as server:
        assert signed_in(server, is_token=True) == [shown]


@pytest.mark.parametrize(("ways", "is_token"), [("PLAIN", False), ("XOAUTH2", True), ("OAUTHBEARER", True)])
def test_what_is_not_right_is_said_so(ways: str, is_token: bool) -> None:
    with door(ways) as server, pytest.raises(Failed) as refused:
        signed_in(server, "wrong", is_token=is_token)
    assert (refused.value.kind, refused.value.code) == ("auth", "535")
