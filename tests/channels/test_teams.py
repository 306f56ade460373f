"""Teams that channel categories send their conversations to."""

import pytest

from helpline.channels.reactions import TeamInUse
from helpline.core import Tx
from helpline.people import Team, actions
from tests.make import World


def _switch_off(tx: Tx, team_id: str) -> bool:
    return actions.change_team(tx, tx.get(Team, team_id), active=False).active


def test_a_team_that_conversations_come_to_is_not_switched_off(world: World) -> None:
    with pytest.raises(TeamInUse, match="General"):
        world.do(None, _switch_off, world.team)
    assert [team.active for team in world.all(Team)] == [True]


def test_any_other_team_can_be_switched_off(world: World) -> None:
    other = world.do(None, lambda tx: actions.add_team(tx, name="Night").id)
    assert world.do(None, _switch_off, other) is False
