"""Reading mailboxes and handing mails over, with real servers."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from imaplib import IMAP4

import pytest

from helpline.channels.contract import Failed
from helpline.channels.email import smtp
from helpline.channels.email.adapter import opened
from helpline.channels.email.imap import Folder, NoSuchFolder
from helpline.channels.email.reading import read
from helpline.channels.email.servers import Server
from helpline.outside import Outside
from tests.mail_servers import WITH_DOVECOT, WITH_POSTFIX, Boxes, boxes, with_postfix
from tests.ports import free_port

from .raw import raw

OUTSIDE = Outside("127.0.0.1")


@pytest.fixture(scope="module")
def server() -> Iterator[Boxes]:
    with boxes() as one:
        yield one


@pytest.fixture
def fresh() -> Iterator[Boxes]:
    with boxes() as one:
        yield one


def _open(server: Boxes, name: str, secret: str = "secret", folder: str = "INBOX") -> Folder:
    return asyncio.run(opened(Server("127.0.0.1", server.imap, "none", name, secret), OUTSIDE, folder))


def hand_over(server: Boxes, mail: bytes, *to: str) -> None:
    """Send a mail, as a customer's program does."""
    out = Server("127.0.0.1", server.smtp, "none", "", "")
    asyncio.run(smtp.send(out, OUTSIDE, "customer@post.example", list(to), mail))


@WITH_DOVECOT
def test_a_folder_is_read_from_the_last_mail_on_and_nothing_in_it_changes(server: Boxes) -> None:
    first, second = raw("One"), raw("Two", message_id="<second.1@post.example>")
    server.put("amara", first)
    folder = _open(server, "amara")
    assert folder.next_uid == 2
    assert folder.beyond(0) == [1]
    assert folder.beyond(1) == []
    server.put("amara", second)
    assert folder.beyond(1) == [2]
    assert folder.read([1, 2, 99]) == [(1, first), (2, second)]
    assert folder.since(datetime.now(UTC).date()) == [1, 2]
    folder.close()
    with server.box("amara") as client:
        client.select()
        assert client.search(None, "UNSEEN") == ("OK", [b"1 2"])


@WITH_DOVECOT
def test_waiting_ends_when_a_mail_comes(server: Boxes) -> None:
    folder = _open(server, "waiting")

    async def story() -> None:
        loop = asyncio.get_running_loop()
        waiting = loop.run_in_executor(None, folder.wait, 60.0)
        await asyncio.to_thread(server.put, "waiting", raw())
        await waiting

    asyncio.run(story())
    assert folder.beyond(0) == [1]
    folder.close()


@WITH_DOVECOT
def test_another_validity_is_seen(fresh: Boxes) -> None:
    fresh.put("amara", raw())
    before = _open(fresh, "amara")
    before.close()
    fresh.renew("amara")
    after = _open(fresh, "amara")
    assert after.validity != before.validity
    assert len(after.beyond(0)) == 1
    after.close()


@WITH_DOVECOT
def test_what_is_wrong_is_told_apart(server: Boxes) -> None:
    with pytest.raises(Failed) as refused:
        _open(server, "amara", secret="wrong")
    assert refused.value.kind == "auth"
    with pytest.raises(NoSuchFolder, match="None such"):
        _open(server, "amara", folder="None such")


@WITH_DOVECOT
def test_a_cut_connection_is_an_error_and_not_an_empty_folder(fresh: Boxes) -> None:
    fresh.put("amara", raw())
    folder = _open(fresh, "amara")
    fresh.kill()
    with pytest.raises((OSError, IMAP4.error)):
        folder.beyond(0)
    with pytest.raises((OSError, IMAP4.error)):
        folder.wait(5)
    folder.close()
    fresh.start()
    again = _open(fresh, "amara")
    assert again.beyond(0) == [1]
    again.close()


@WITH_DOVECOT
@WITH_POSTFIX
def test_a_mail_handed_over_arrives_byte_for_byte(fresh: Boxes) -> None:
    with with_postfix(fresh, "amara", "bo"):
        out = Server("127.0.0.1", fresh.smtp, "none", "", "")
        mail = raw("Grüße\n.\n..\nEnd")
        asyncio.run(smtp.send(out, OUTSIDE, "support@shop.example", ["amara@post.example", "bo+x@post.example"], mail))
        for name in ("amara", "bo"):
            folder = _open(fresh, name)
            while not folder.beyond(0):
                folder.wait(10)
            ((_, got),) = folder.read(folder.beyond(0))
            assert read(got).text == "Grüße\n.\n..\nEnd"
            assert read(got).id == "first.1@post.example"
            folder.close()


@WITH_DOVECOT
@WITH_POSTFIX
def test_what_the_server_does_not_take_is_said(fresh: Boxes) -> None:
    with with_postfix(fresh, "amara"):
        out = Server("127.0.0.1", fresh.smtp, "none", "", "")
        with pytest.raises(Failed) as nobody:
            asyncio.run(smtp.send(out, OUTSIDE, "support@shop.example", ["none@post.example"], raw()))
        assert (nobody.value.kind, nobody.value.code) == ("permanent", "554")
        with pytest.raises(Failed) as large:
            asyncio.run(smtp.send(out, OUTSIDE, "a@shop.example", ["amara@post.example"], raw("x" * 31_000_000)))
        assert large.value.kind == "permanent"
        asyncio.run(smtp.check(out, OUTSIDE))


@WITH_DOVECOT
@WITH_POSTFIX
def test_who_it_is_to_gets_it_though_somebody_gets_no_copy_and_nobody_gets_one_alone(fresh: Boxes) -> None:
    with with_postfix(fresh, "amara", "bo"):
        out = Server("127.0.0.1", fresh.smtp, "none", "", "")
        amara, none = "amara@post.example", "none@post.example"
        copies = ["bo@post.example", none]
        refused = asyncio.run(smtp.send(out, OUTSIDE, "support@shop.example", [amara], raw("One"), copies=copies))
        assert {to: (why.kind, why.code) for to, why in refused.items()} == {none: ("permanent", "554")}
        with pytest.raises(Failed):
            asyncio.run(smtp.send(out, OUTSIDE, "support@shop.example", [none], raw("Two"), copies=[amara]))
        for name in ("amara", "bo"):
            folder = _open(fresh, name)
            while not folder.beyond(0):
                folder.wait(10)
            assert [read(got).text for _, got in folder.read(folder.beyond(0))] == ["One"]
            folder.close()


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    nowhere = Server("127.0.0.1", free_port(), "none", "", "")
    with pytest.raises(Failed) as lost:
        asyncio.run(smtp.check(nowhere, OUTSIDE))
    assert (lost.value.kind, lost.value.may_have_arrived) == ("temporary", False)


def test_a_server_in_the_own_network_is_not_called_unless_it_is_listed() -> None:
    inside = Server("localhost", 25, "none", "", "")
    with pytest.raises(Failed) as refused:
        asyncio.run(smtp.check(inside, Outside("")))
    assert refused.value.detail == "refused_address"
