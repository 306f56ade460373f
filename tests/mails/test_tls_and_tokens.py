"""Mail servers that are who they say, and sign-in by tokens that a token server gives, with real servers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpline.app.settings import Settings
from helpline.channels.contract import Account, Failed
from helpline.channels.email import smtp
from helpline.channels.email.adapter import Email, opened
from helpline.channels.email.servers import Server
from helpline.outside import Outside
from tests.certificates import authority, certified
from tests.channels.email.raw import raw
from tests.listening import eventually
from tests.mail_servers import WITH_DOVECOT, WITH_POSTFIX, Boxes, boxes, with_postfix
from tests.token_server import Tokens, token_server

from .lines import desk

pytestmark = [WITH_DOVECOT, WITH_POSTFIX]


class Certified:
    """Servers at ``localhost``, which say so by a certificate of an authority of ours."""

    def __init__(self, server: Boxes, authorities: Path) -> None:
        self.server, self.outside = server, Outside("*", authorities=str(authorities))

    def read(self, security: Any, *, host: str = "localhost", outside: Outside | None = None) -> None:
        port = self.server.imaps if security == "tls" else self.server.imap
        asked = Server(host, port, security, "help", "secret")
        asyncio.run(opened(asked, outside or self.outside, "INBOX")).close()

    def hand_over(self, security: Any, *, host: str = "localhost", outside: Outside | None = None) -> None:
        port = self.server.smtps if security == "tls" else self.server.smtp
        asyncio.run(smtp.check(Server(host, port, security, "help", "secret"), outside or self.outside))


@pytest.fixture(scope="module")
def tokens() -> Iterator[Tokens]:
    with token_server() as one:
        yield one


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, tokens: Tokens) -> Iterator[Certified]:
    folder = tmp_path_factory.mktemp("certificates")
    by = authority(folder)
    with boxes(certified(folder, "localhost"), tokens.port) as server, with_postfix(server, "help", others="customers"):
        yield Certified(server, by)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_is_who_it_says_is_talked_to(here: Certified, security: str) -> None:
    here.read(security)
    here.hand_over(security)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_may_be_somebody_else_is_refused_in_a_sentence(here: Certified, security: str) -> None:
    for ask in (here.read, here.hand_over):
        with pytest.raises(Failed) as stranger:
            ask(security, outside=Outside("*"))
        assert stranger.value.kind == "auth"
        assert stranger.value.detail.startswith("The certificate of localhost is")
        assert stranger.value.detail.endswith("an authority that is not trusted here.")
        with pytest.raises(Failed) as other:
            ask(security, host="127.0.0.1")
        assert other.value.detail == "The certificate of 127.0.0.1 is made out to another name."
        with pytest.raises(Failed) as none:
            ask(security, outside=Outside("*", authorities="/nowhere.pem"))
        assert none.value.detail == "The authorities in /nowhere.pem cannot be read."


def test_a_port_that_does_not_speak_tls_is_said_to_be_one(here: Certified) -> None:
    server = Server("localhost", here.server.imap, "tls", "help", "secret")
    with pytest.raises(Failed) as plain:
        asyncio.run(opened(server, here.outside, "INBOX"))
    assert plain.value.detail == "localhost does not answer in TLS at this port. Try STARTTLS, or another port."


def _reached(here: Certified, tokens: Tokens) -> dict[str, Any]:
    told = {
        "imap_host": "localhost",
        "imap_port": here.server.imaps,
        "smtp_host": "localhost",
        "smtp_port": here.server.smtps,
    }
    told |= {"imap_user": "help", "smtp_user": "help", "sign_in": "oauth2", "oauth_client_id": "client"}
    return told | {"oauth_token_url": f"http://127.0.0.1:{tokens.port}/token"}


def _health(here: Certified, tokens: Tokens, **secrets: str) -> str:
    given = {"oauth_client_secret": "client's secret", "oauth_refresh_token": "a grant"} | secrets
    account = Account(
        channel_id="c", settings={"address": "help@shop.example", **_reached(here, tokens)}, secrets=given
    )
    health = asyncio.run(Email().health(account, here.outside))
    return health.detail if not health.ok else "well"


def test_tokens_are_asked_for_once_and_anew_when_a_server_refuses_one(here: Certified, tokens: Tokens) -> None:
    asked = tokens.asked
    assert [_health(here, tokens) for _ in range(3)] == ["well"] * 3
    assert tokens.asked == asked + 1
    tokens.good.clear()
    assert _health(here, tokens) != "well"
    assert _health(here, tokens) == "well"
    assert tokens.asked == asked + 2


def test_a_token_server_that_refuses_is_understood(here: Certified, tokens: Tokens) -> None:
    told = _health(here, tokens, oauth_refresh_token="another grant")
    assert told.startswith("Access was withdrawn, or has ended; let it be granted anew")
    told = _health(here, tokens, oauth_client_secret="another secret")
    assert told == "The token server does not know this client ID with this secret (invalid_client)."


def test_a_mailbox_read_by_tokens_says_when_access_is_withdrawn(
    here: Certified, tokens: Tokens, settings: Settings
) -> None:
    given = msgspec.structs.replace(settings, mail_authorities=here.outside.authorities)
    with desk(given) as shop:
        secrets = {"oauth_refresh_token": "a grant"}
        told = _reached(here, tokens) | {"oauth_client_id": f"client of {settings.url[-12:]}"}
        category = shop.admin.get("/api/channel-categories").json()[0]["id"]
        channel = {
            "name": "help",
            "kind": "email",
            "category_id": category,
            "settings": {"address": "help@shop.example", **told},
        }
        secrets |= {"oauth_client_secret": "client's secret"}
        made = shop.admin.post("/api/channels", json=channel | {"secrets": secrets})
        assert made.status_code == 201, made.text
        id = made.json()["id"]
        eventually(lambda: shop.admin.get(f"/api/channels/{id}/mail-folders").json())
        here.server.put("help", raw("My lamp is broken", message_id=f"<{id}@post.example>"))
        (conversation,) = eventually(shop.conversations)
        shop.take(conversation["id"])
        shop.answer(conversation["id"], "We take it back.")
        eventually(lambda: shop.said(conversation["id"])[-1]["state"] == "sent")
        tokens.good.clear()
        tokens.withdrawn = True
        asked = tokens.asked
        try:
            here.server.cut()
            known = lambda: next(one for one in shop.admin.get("/api/channels").json() if one["id"] == id)["health"]  # noqa: E731
            eventually(lambda: "Access was withdrawn" in repr(known()))
            assert not known()["ok"]
            assert tokens.asked - asked < 10
        finally:
            tokens.withdrawn = False
        eventually(lambda: known()["ok"])
