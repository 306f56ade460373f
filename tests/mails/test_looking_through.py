"""A mailbox that is numbered anew is looked through once more, and what comes meanwhile is not passed over."""

from datetime import date
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.channels.email.imap import Folder
from tests.channels.email.raw import raw
from tests.listening import eventually
from tests.mail_servers import WITH_DOVECOT, boxes

from .lines import desk

pytestmark = WITH_DOVECOT


def test_what_comes_while_a_mailbox_is_looked_through_is_taken_in_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = [raw(f"Mail {n}", message_id=f"<looked.{n}@post.example>") for n in range(3)]
    with boxes() as server, desk(settings) as shop:
        reached: dict[str, Any] = {"imap_host": "127.0.0.1", "imap_port": server.imap, "imap_security": "none"}
        channel = shop.open("help@shop.example", **reached, imap_user="help", imap_password="secret")
        eventually(lambda: shop.admin.get(f"/api/channels/{channel['id']}/mail-folders").json())
        server.put("help", mails[0])
        eventually(lambda: len(shop.conversations()) == 1)
        looked = Folder.since

        def since(folder: Folder, day: date) -> list[int]:
            found = looked(folder, day)
            server.put("help", mails[2])
            return found

        monkeypatch.setattr(Folder, "since", since)
        server.kill()
        server.renew("help")
        server.start()
        server.put("help", mails[1])
        eventually(lambda: len(shop.conversations()) == 3)
        said = [one["text"] for conversation in shop.conversations() for one in shop.said(conversation["id"])]
        assert sorted(said) == ["Mail 0", "Mail 1", "Mail 2"]
