"""What mail servers refuse, told over a wire at each step of handing a mail over, and later in a report."""

import asyncio
import socketserver
import threading
from typing import Any

import pytest

from helpline.channels.contract import Failed
from helpline.channels.email import smtp
from helpline.channels.email.errors import ERRORS, REPLIES, SIGN_IN, returned
from helpline.channels.email.servers import Server
from helpline.outside import Outside
from tests.channels.refusing import read_as

OUTSIDE = Outside("127.0.0.1")


class Talk(socketserver.StreamRequestHandler):
    """A server that answers at one step as it is told, and takes all before it."""

    def handle(self) -> None:
        at, reply = self.server.told  # type: ignore[attr-defined]
        self.say("220 mx.example ESMTP")
        while line := self.rfile.readline():
            word = line.split()[0].upper().decode()
            if word == "DATA":
                self.say("354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.say(
                reply if line.upper().startswith(at.encode()) else "221 bye" if word == "QUIT" else "250 mx.example"
            )

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Leaving(Talk):
    """A server that hangs up when it was greeted."""

    def handle(self) -> None:
        self.say("220 mx.example ESMTP")
        self.rfile.readline()
        self.say("250 mx.example")


def refused(reply: str, at: str = "RCPT", talk: type[Talk] = Talk) -> Failed:
    """Why a mail was not handed over to a server that answers so at this step."""
    mail = b"Subject: Hi\r\n\r\nHello\r\n"
    with socketserver.TCPServer(("127.0.0.1", 0), talk) as server:
        server.told = (at, reply)  # type: ignore[attr-defined]
        talking = threading.Thread(target=server.handle_request)
        talking.start()
        there = Server("127.0.0.1", server.server_address[1], "none", "", "")
        to, copies = ["kim@post.example"], ["bo@post.example"]
        with pytest.raises(Failed) as failed:
            asyncio.run(smtp.send(there, OUTSIDE, "desk@shop.example", to, mail, copies=copies))
        talking.join()
    return failed.value


# Where, what the server says, what is done, what agents read.
DOCUMENTED = [
    ("RCPT", "550 5.1.1 <kim@post.example>: Recipient address rejected: User unknown", "permanent", "no_such_address"),
    ("RCPT", "550 5.1.2 Bad destination system address", "permanent", "no_such_address"),
    ("RCPT", "553 5.1.3 The recipient address is not a valid RFC-5321 address", "permanent", "no_such_address"),
    ("RCPT", "556 5.1.10 Recipient address has null MX", "permanent", "no_such_address"),
    ("MAIL", "501 5.1.7 Bad sender address syntax", "auth", "not_registered"),
    ("MAIL", "550 5.1.8 Sender address rejected: Domain not found", "auth", "not_registered"),
    ("RCPT", "550 5.2.1 The email account that you tried to reach is disabled", "permanent", "cannot_receive"),
    ("RCPT", "552 5.2.2 Mailbox full", "permanent", "mailbox_full"),
    ("RCPT", "452 4.2.2 The email account that you tried to reach is over quota", "temporary", "mailbox_full"),
    ("DATA", "552 5.2.3 Message exceeds maximum size", "permanent", "too_long"),
    ("MAIL", "452 4.3.1 Insufficient system storage", "temporary", "down"),
    ("MAIL", "421 4.3.2 Service shutting down", "temporary", "down"),
    ("MAIL", "552 5.3.4 Message size exceeds fixed limit", "permanent", "too_long"),
    ("RCPT", "450 4.4.1 No answer from host", "temporary", "down"),
    ("RCPT", "451 4.4.2 Bad connection", "temporary", "down"),
    ("RCPT", "550 5.4.4 Unable to route", "permanent", "no_such_address"),
    ("MAIL", "451 4.4.5 Mail system congestion", "temporary", "busy"),
    ("RCPT", "554 5.4.6 Routing loop detected", "permanent", "cannot_receive"),
    ("RCPT", "452 4.5.3 Too many recipients", "temporary", "down"),
    ("MAIL", "501 5.5.4 Invalid arguments", "permanent", "not_understood"),
    ("DATA", "554 5.6.0 Corrupt message content", "permanent", "file_refused"),
    ("DATA", "552 5.7.0 Our system detected an illegal attachment on your message", "permanent", "filtered"),
    ("DATA", "554 5.7.1 Spam message rejected", "permanent", "filtered"),
    ("RCPT", "450 4.7.1 Greylisting in effect, please come back later", "temporary", "busy"),
    ("MAIL", "530 5.7.0 Authentication required", "auth", "token"),
    ("MAIL", "535 5.7.8 Authentication credentials invalid", "auth", "token"),
    ("DATA", "550 5.7.20 No passing DKIM signature found", "permanent", "doubted"),
    ("DATA", "550 5.7.23 SPF validation failed", "permanent", "doubted"),
    ("DATA", "550 5.7.25 Reverse DNS validation failed", "permanent", "doubted"),
    ("DATA", "550 5.7.26 This mail has been blocked because the sender is unauthenticated", "permanent", "doubted"),
    ("DATA", "421 4.7.28 Our system has detected an unusual rate of unsolicited mail", "temporary", "busy"),
    # Without an enhanced status the reply's code has to do.
    ("MAIL", "421 mx.example Service not available", "temporary", "down"),
    ("RCPT", "450 mailbox busy", "temporary", "busy"),
    ("DATA", "451 local error in processing", "temporary", "down"),
    ("MAIL", "452 insufficient system storage", "temporary", "down"),
    ("MAIL", "530 Authentication required", "auth", "token"),
    ("RCPT", "550 No such user here", "permanent", "no_such_address"),
    ("RCPT", "551 User not local", "permanent", "no_such_address"),
    ("DATA", "552 Exceeded storage allocation", "permanent", "too_long"),
    ("RCPT", "553 Mailbox name not allowed", "permanent", "no_such_address"),
    ("DATA", "554 Transaction failed", "permanent", "filtered"),
    ("RCPT", "599 never heard of", "permanent", ""),
    ("RCPT", "499 never heard of", "temporary", "busy"),
]


@pytest.mark.parametrize(("at", "reply", "kind", "reason"), DOCUMENTED)
def test_an_answer_says_what_to_do(at: str, reply: str, kind: str, reason: str) -> None:
    failed = refused(reply, at)
    code, _, words = reply.partition(" ")
    assert (read_as(failed), failed.code, failed.detail) == ((kind, reason), code, words)
    assert not failed.may_have_arrived


@pytest.mark.parametrize("status", ERRORS)
def test_every_status_of_the_registry_has_a_meaning_for_good_and_for_now(status: str) -> None:
    for_good, for_now = refused(f"550 5.{status} no"), refused(f"450 4.{status} not now")
    assert for_good.reason == ERRORS[status].reason
    assert for_good.kind in {"permanent", "auth"}
    assert for_now.kind == "temporary"
    assert for_now.reason is not None
    assert for_now.reason.kind == "temporary", "what may pass is not said to be for good"


@pytest.mark.parametrize("code", REPLIES | SIGN_IN)
def test_a_code_alone_has_a_meaning(code: int) -> None:
    failed = refused(f"{code} no")
    assert failed.reason == (REPLIES | SIGN_IN)[code].reason
    assert failed.kind == ("temporary" if code < 500 else "auth" if code in SIGN_IN else "permanent")


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("5.1.1", "permanent", "no_such_address"),
        ("5.2.2", "permanent", "mailbox_full"),
        ("4.4.7", "permanent", "down"),  # it was tried for days, and is not any more
        ("5.7.26", "permanent", "doubted"),
        ("5.7.13", "auth", "locked"),
        ("5.99.99", "permanent", ""),
        ("", "permanent", ""),
    ],
)
def test_a_report_says_that_it_did_not_arrive(status: str, kind: str, reason: str) -> None:
    failed = returned(status, f"{status} it says")
    assert (read_as(failed), failed.code, failed.detail) == ((kind, reason), status, f"{status} it says")


def test_a_server_that_hangs_up_at_a_copy_has_taken_nothing() -> None:
    failed = refused("421 4.3.2 Service shutting down", "RCPT TO:<BO")
    assert (failed.kind, failed.may_have_arrived) == ("temporary", False)


def test_a_server_that_hangs_up_before_the_mail_is_not_taken_for_one_that_may_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in = smtp._sign_in

    async def slowly(client: Any, server: Server) -> None:
        await sign_in(client, server)
        while client.is_connected:
            await asyncio.sleep(0.01)

    monkeypatch.setattr(smtp, "_sign_in", slowly)
    failed = refused("", "", Leaving)
    assert (failed.kind, failed.may_have_arrived) == ("temporary", False)
