"""How far a mailbox is read: each mail is kept once, whatever is cut, killed or numbered anew in between."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from helpline.channels import Channel
from helpline.core import Tx
from helpline.intake import Payload
from helpline.mails import folders
from helpline.mails.folders import NoMailbox, NotBefore, Standing
from tests.make import World


def channel(world: World) -> str:
    """Any channel will do: only its name stands in the rows."""
    return world.do(
        None, lambda tx: tx.db.scalars(select(Channel.id).where(Channel.workspace_id == tx.workspace_id)).one()
    )


def kept(world: World) -> int:
    def count(tx: Tx) -> int:
        return tx.db.scalar(select(func.count()).where(Payload.workspace_id == tx.workspace_id)) or 0

    return world.do(None, count)


def test_a_folder_is_opened_with_what_comes_from_now_on(world: World) -> None:
    id = channel(world)
    today = world.do(None, lambda tx: tx.now.date())
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 41) == Standing(40, today, False, None)
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 99) == Standing(40, today, False, None)


def test_what_was_taken_is_not_taken_again(world: World) -> None:
    id = channel(world)
    world.do(None, folders.open_folder, id, "INBOX", 7, 1)
    assert world.do(None, folders.take, id, "INBOX", 7, [(1, b"one"), (2, b"two")], up_to=2) == 2
    assert world.do(None, folders.take, id, "INBOX", 7, [(2, b"two"), (3, b"three")], up_to=5) == 1
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 9).last_uid == 5
    assert kept(world) == 3


def test_numbers_of_before_mean_nothing_under_a_new_validity(world: World) -> None:
    id = channel(world)
    world.do(None, folders.open_folder, id, "INBOX", 7, 1)
    world.do(None, folders.take, id, "INBOX", 7, [(1, b"one")], up_to=1)
    assert world.do(None, folders.open_folder, id, "INBOX", 8, 3).anew
    assert world.do(None, folders.take, id, "INBOX", 8, [(2, b"two")], up_to=2) == 0
    world.do(None, folders.keep_again, id, "INBOX", 8, [(1, b"one"), (2, b"two")])
    world.do(None, folders.begin_anew, id, "INBOX", 8, 2)
    standing = world.do(None, folders.open_folder, id, "INBOX", 8, 3)
    assert (standing.last_uid, standing.anew) == (2, False)
    assert kept(world) == 3


def test_what_lay_there_before_is_taken_in_when_it_is_asked_for(world: World) -> None:
    id = channel(world)
    today = world.do(None, lambda tx: tx.now.date())
    with pytest.raises(NoMailbox):
        world.do(None, folders.ask_backfill, id, today)
    world.do(None, folders.open_folder, id, "INBOX", 7, 5)
    with pytest.raises(NotBefore):
        world.do(None, folders.ask_backfill, id, today + timedelta(days=1))
    week = today - timedelta(days=7)
    world.do(None, folders.ask_backfill, id, week)
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 5).backfill_from == week
    world.do(None, folders.end_backfill, id, "INBOX", today)
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 5).backfill_from == week
    world.do(None, folders.end_backfill, id, "INBOX", week)
    assert world.do(None, folders.open_folder, id, "INBOX", 7, 5).backfill_from is None
