"""Finding a conversation by what was said or who it is with."""

from helpline.conversations import queries
from helpline.core import Actor
from tests.make import World


def _found(world: World, actor: Actor, view: str, text: str) -> list[str]:
    return world.do(actor, lambda tx: [row.id for row in queries.in_view(tx, view, text=text, limit=10)[0]])


def test_it_is_found_by_name_and_last_line_open_or_closed(world: World) -> None:
    agent = world.agent()
    named = world.write(world.visitor("Grace Hopper"), "Where is my parcel?").conversation_id
    other = world.write(world.visitor("Alan"), "100% wool?").conversation_id
    world.close(agent, named)
    assert _found(world, agent, "any", "hopper") == [named]
    assert _found(world, agent, "any", "PARCEL") == [named]
    assert _found(world, agent, "all", "parcel") == []
    assert _found(world, agent, "any", "0% w") == [other]
    assert _found(world, agent, "any", "0_ w") == []


def test_only_what_one_may_see_is_found(world: World) -> None:
    world.agent()
    world.write(world.visitor("Grace Hopper"))
    assert _found(world, world.agent(teams=[]), "any", "grace") == []
