"""What reply tokens are signed with: nothing that whoever has the database alone could sign with."""

import asyncio
import secrets

import pytest

from helpline.app.settings import Settings
from helpline.app.sweeping import sweep
from helpline.channels.email.threads import held, token
from helpline.core import Tx, new_id
from helpline.core.tokens import Signer
from helpline.files.storage import Storage
from helpline.mails import tokens
from helpline.mails.models import ReplyKey
from tests.make import World


def is_held(world: World, key: bytes, id: str) -> bool:
    return list(held(world.see(tokens.key), [f"support+{token(key, id)}@shop.example"])) == [id]


def test_a_key_follows_from_the_installation_s_secret_and_lies_nowhere(world: World) -> None:
    key = world.do(None, tokens.key)
    assert (world.do(None, tokens.key), len(key), world.all(ReplyKey)) == (key, 32, [])
    assert is_held(world, key, new_id())
    world.units.signer = Signer("of another installation")
    assert world.do(None, tokens.key) != key
    world.units.signer = None
    with pytest.raises(RuntimeError, match="installation's secret"):
        world.do(None, tokens.key)


def test_a_key_of_before_is_sealed_and_what_was_sent_with_it_stays_good(world: World, settings: Settings) -> None:
    before, id = secrets.token_bytes(32), new_id()

    def lies_there(tx: Tx) -> None:
        tx.db.add(ReplyKey(workspace_id=tx.workspace_id, id=tx.workspace_id, secret=before.hex()))

    world.do(None, lies_there)
    assert is_held(world, before, id)
    for _ in range(2):
        asyncio.run(sweep(world.units, Storage(settings.data / "files")))
        assert is_held(world, before, id)
    (row,) = world.all(ReplyKey)
    assert before.hex() not in row.secret
    world.units.signer = Signer("of another installation")
    assert not is_held(world, before, id)
