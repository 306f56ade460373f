"""A timer that one node sets wakes the others, and fires once."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from helpline.app import jobs
from helpline.app.bus import between_nodes
from helpline.app.consequences import CONSEQUENCES
from helpline.app.relay import Relay
from helpline.core import Actor, Tx, Units
from helpline.people.jobs import go_offline
from tests.listening import eventually
from tests.nodes.conftest import Pair


@pytest.fixture
def never_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no timer sleeps on until somebody wakes them."""
    monkeypatch.setattr(jobs, "LONGEST_SLEEP", 3600.0)


def test_a_timer_set_by_a_node_that_runs_no_jobs_fires_on_another(never_looks: None, nodes: Pair) -> None:
    one, _ = nodes
    home = one.set_up().get("/api/session").json()
    asyncio.run(_set_timer(nodes, home["workspace"]["id"], home["agent"]["id"]))
    with psycopg.connect(one.settings.database, autocommit=True) as connection:
        eventually(lambda: _kinds(connection) == ["people.give_up_on"])


def _kinds(connection: psycopg.Connection) -> list[str]:
    return [kind for (kind,) in connection.execute("SELECT kind FROM job WHERE kind LIKE 'people.%'").fetchall()]


async def _set_timer(nodes: Pair, workspace_id: str, agent_id: str) -> None:
    """As a third node would, which goes away before it is due."""
    settings, state = nodes[0].settings, nodes[0].app.state
    bus, _ = between_nodes(settings.redis, f"helpline:{state.signer.mark('bus')[:16]}", "third")
    units, running = Units(settings.url, CONSEQUENCES), asyncio.ensure_future(bus.run())
    Relay(units, bus)
    while not bus.is_up:
        await asyncio.sleep(0.01)

    def set_it(tx: Tx) -> None:
        tx.enqueue(go_offline, key=agent_id, at=tx.now + timedelta(seconds=1), agent_id=agent_id)

    await units.run(Actor.system(workspace_id), set_it)
    await asyncio.sleep(0.5)  # until it is said
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await asyncio.to_thread(units.close)
