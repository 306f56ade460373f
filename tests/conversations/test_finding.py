"""Finding a conversation by what was said or who it is with."""

import pytest

from helpline.conversations import queries
from helpline.core import Actor
from helpline.search import found, sifting
from tests.make import World


def _found(world: World, actor: Actor, view: str, text: str) -> list[str]:
    return world.do(actor, lambda tx: [row.id for row in queries.in_view(tx, view, text=text, limit=10)[0]])


def test_it_is_found_by_name_and_by_anything_that_was_said_open_or_closed(world: World) -> None:
    agent = world.agent()
    named = world.write(world.visitor("Grace Hopper"), "Where is my parcel?").conversation_id
    other = world.write(world.visitor("Alan"), "Nur 100% Wolle, aus Köln?").conversation_id
    world.answer(agent, named, "It is on its way.")
    world.answer(agent, named, "The driver could not find the bell", visibility="internal")
    world.close(agent, named)
    world.index()
    for text in ("hopper", "PARCEL", "parc", "parcel way", "driver bell"):
        assert _found(world, agent, "any", text) == [named], text
    assert _found(world, agent, "all", "parcel") == []
    for text in ("wolle", "100%", "koln", "KÖLN wo"):
        assert _found(world, agent, "any", text) == [other], text
    for text in ("arcel", "parcel wolle", "?", "_"):
        assert _found(world, agent, "any", text) == [], text


def test_only_what_one_may_see_is_found(world: World) -> None:
    world.agent()
    world.write(world.visitor("Grace Hopper"))
    world.index()
    assert _found(world, world.agent(teams=[]), "any", "grace") == []


@pytest.mark.parametrize("view", ["any", "queue"])
def test_what_very_many_hold_comes_page_by_page_in_the_order_of_the_list(
    world: World, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = [
        world.write(world.visitor(), "hello there" if number % 3 else "bye").conversation_id for number in range(9)
    ]
    world.index()
    expected = [id for place, id in enumerate(talks) if place % 3]
    if view == "any":
        expected.reverse()
    for few, step, farthest in ((100, 200, 1000), (0, 200, 1000), (0, 2, 1000), (0, 2, 2)):
        monkeypatch.setattr(found, "FEW", few)
        monkeypatch.setattr(sifting, "STEP", step)
        monkeypatch.setattr(sifting, "FARTHEST", farthest)
        met: list[str] = []
        after = None
        for _ in range(20):
            page, after = world.see(
                lambda tx, after=after: _ids(queries.in_view(tx, view, text="hello", limit=2, after=after))
            )
            met += page
            if after is None:
                break
        assert met == expected


def _ids(page: tuple[list[object], str | None]) -> tuple[list[str], str | None]:
    rows, after = page
    return [row.id for row in rows], after  # type: ignore[attr-defined]
