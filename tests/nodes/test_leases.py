"""Leases: one node at a time, as long as it lives."""

from helpline.app import leases
from helpline.app.nodes import Node, say_goodbye
from helpline.core import Tx
from tests.make import World


def test_one_node_has_a_lease_until_it_lets_it_go_or_is_gone(world: World) -> None:
    for node in ("one", "other"):
        world.do(None, _live, node)
    assert world.do(None, leases.take, "in/channel", "one")
    assert world.do(None, leases.take, "in/channel", "one")
    assert not world.do(None, leases.take, "in/channel", "other")
    assert world.do(None, leases.take, "out/channel", "other")
    world.do(None, leases.give_back, "in/channel", "other")
    assert not world.do(None, leases.take, "in/channel", "other")
    world.do(None, leases.give_back, "in/channel", "one")
    assert world.do(None, leases.take, "in/channel", "other")
    world.do(None, say_goodbye, "other")
    assert world.do(None, leases.take, "in/channel", "one")


def _live(tx: Tx, node_id: str) -> None:
    tx.db.merge(Node(id=node_id, seen_at=tx.now))
