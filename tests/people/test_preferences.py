"""What an agent prefers is kept for them, checked, and told to their own windows alone."""

from sqlalchemy import select

from helpline.core.facts import FactRow
from helpline.core.updates import referenced
from helpline.people.preferences import UNLESS_CHOSEN, PreferencesIn, PreferencesOut, prefer
from tests.make import World
from tests.running import Running


def _topics(world: World) -> list[tuple[str, list[tuple[str, str, frozenset[str]]]]]:
    rows = select(FactRow).where(FactRow.workspace_id == world.workspace_id).order_by(FactRow.seq)
    return world.see(lambda tx: [(row.topic, referenced(row.updates)) for row in tx.db.scalars(rows)])


def test_what_is_not_chosen_stays_as_it_is(world: World) -> None:
    agent = world.agent()
    world.do(agent, prefer, agent.id, PreferencesIn(sound_message="off", time_zone="Asia/Taipei"))
    now = world.do(agent, prefer, agent.id, PreferencesIn(single_keys=False))
    chosen = {"sound_message": "off", "time_zone": "Asia/Taipei", "single_keys": False}
    assert now == PreferencesOut(**{**UNLESS_CHOSEN, **chosen, "id": agent.id})


def test_only_ones_own_windows_hear_of_it_and_to_say_the_same_again_changes_nothing(world: World) -> None:
    agent = world.agent()
    before = len(_topics(world))
    for _ in range(2):
        world.do(agent, prefer, agent.id, PreferencesIn(sound_volume=10))
    heard = frozenset({f"agent:{agent.id}"})
    assert _topics(world)[before:] == [("preferences.changed", [("preferences", agent.id, heard)])]


def test_they_come_with_the_session_and_nonsense_is_refused_at_its_field(running: Running) -> None:
    client = running.set_up()
    assert client.patch("/api/me/preferences", json={"list_order": "newest"}).json()["list_order"] == "newest"
    assert client.get("/api/session").json()["preferences"]["list_order"] == "newest"
    for field, value in (("sound_volume", 101), ("sound_mention", "loud"), ("time_zone", "../etc"), ("colour", 1)):
        refused = client.patch("/api/me/preferences", json={field: value})
        assert refused.status_code == 400, refused.text
        assert field in refused.text
