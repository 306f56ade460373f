"""Views are one's own until somebody who sees every record shares one."""

import pytest

from helpline.core import Actor, NotFound
from helpline.saved_views import actions, queries
from helpline.saved_views.actions import NotYoursToChange, TooManyViews, ViewNameTaken
from tests.make import World


def _save(world: World, actor: Actor, name: str, **more: object) -> str:
    return world.do(actor, lambda tx: actions.save(tx, name=name, query="state=open", **more).id)


def _seen(world: World, actor: Actor) -> list[str]:
    return world.do(actor, lambda tx: [row.name for row in queries.readable(tx)])


def _change(world: World, actor: Actor, id: str, **values: object) -> str:
    return world.do(actor, lambda tx: actions.change(tx, id, **values).query)


def test_a_view_is_seen_by_who_saved_it_until_it_is_shared(world: World) -> None:
    agent, other, chief = world.agent("Bo"), world.agent("Cy"), world.agent("Di", role="supervisor")
    mine = _save(world, agent, "Open ones")
    assert _seen(world, agent) == ["Open ones"]
    assert _seen(world, other) == _seen(world, chief) == []
    with pytest.raises(NotYoursToChange):
        _change(world, agent, mine, shared=True)
    ours = _save(world, chief, "Complaints", shared=True)
    assert _seen(world, other) == ["Complaints"]
    assert _seen(world, agent) == ["Complaints", "Open ones"]
    with pytest.raises(NotYoursToChange):
        _change(world, agent, ours, name="Praise")
    with pytest.raises(NotFound):
        _change(world, other, mine, name="Theirs")
    assert _change(world, agent, mine, query="state=completed") == "state=completed"


def test_a_view_is_removed_by_who_may_change_it(world: World) -> None:
    agent, chief = world.agent("Bo"), world.agent("Di", role="supervisor")
    mine, ours = _save(world, agent, "Mine"), _save(world, chief, "Ours", shared=True)
    with pytest.raises(NotYoursToChange):
        world.do(agent, actions.remove, ours)
    world.do(agent, actions.remove, mine)
    world.do(chief, actions.remove, ours)
    assert _seen(world, agent) == []


def test_a_name_is_seen_once_and_views_have_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    agent, other = world.agent("Bo"), world.agent("Cy")
    _save(world, agent, "Mine")
    _save(world, other, "Mine")
    with pytest.raises(ViewNameTaken):
        _save(world, agent, "Mine")
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(TooManyViews):
        _save(world, agent, "Another")
