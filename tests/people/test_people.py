"""Agents and teams: who may be changed into what."""

import pytest

from helpline.core import Actor, NotFound, Tx, new_id
from helpline.core.facts import FactRow
from helpline.people import Agent, Team, access, actions, passwords, queries, shapes
from helpline.people.access import WrongCredentials
from helpline.people.actions import EmailTaken, LastAdministrator, NameTaken
from helpline.people.belonging import UnknownAgent, UnknownTeam
from helpline.people.models import ApiToken, SignIn
from helpline.people.passwords import PasswordTooWeak
from tests.make import HASH, World


def _change(world: World, agent_id: str, **changes: object) -> None:
    world.do(None, lambda tx: actions.change_agent(tx, tx.get(Agent, agent_id), **changes).id)


def _add(world: World, **fields: object) -> str:
    given = {"name": "New", "email": "new@example.com", "password_hash": HASH, **fields}
    return world.do(None, lambda tx: actions.add_agent(tx, **given).id)  # type: ignore[arg-type]


def test_somebody_is_always_administrator(world: World) -> None:
    for change in ({"role": "supervisor"}, {"active": False}):
        with pytest.raises(LastAdministrator):
            _change(world, world.admin, **change)
    second = world.agent(role="administrator", ready=False)
    _change(world, world.admin, role="agent")
    with pytest.raises(LastAdministrator):
        _change(world, second.id, active=False)


def test_an_address_is_used_once_whatever_its_case(world: World) -> None:
    _add(world, email="Grace@Example.com")
    with pytest.raises(EmailTaken) as refused:
        _add(world, email="grace@example.COM")
    assert refused.value.field == "email"
    with pytest.raises(EmailTaken):
        _change(world, world.admin, email="GRACE@example.com")
    _change(world, world.admin, email="ADA@acme.example")


def test_nobody_is_put_into_a_team_that_is_not_there(world: World) -> None:
    with pytest.raises(UnknownTeam):
        _add(world, team_ids=[new_id()])
    with pytest.raises(UnknownTeam):
        _change(world, world.admin, team_ids=[world.team, new_id()])
    assert len(world.all(Agent)) == 1


def test_a_teams_name_is_used_once_and_its_members_are_agents(world: World) -> None:
    with pytest.raises(NameTaken):
        world.do(None, lambda tx: actions.add_team(tx, name="Support").id)
    other = world.do(None, lambda tx: actions.add_team(tx, name="Returns").id)
    with pytest.raises(NameTaken):
        world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, other), name="Support").id)
    with pytest.raises(UnknownAgent):
        world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, other), member_ids=[new_id()]).id)


def test_somebody_made_inactive_is_signed_out_everywhere(world: World) -> None:
    agent = world.agent(ready=False)
    world.do(agent, access.sign_in, agent.id, "a browser")
    _change(world, agent.id, active=False)
    assert world.all(SignIn) == []
    with pytest.raises(WrongCredentials):
        world.do(agent, access.sign_in, agent.id, "a browser")


def test_a_new_password_signs_out_every_other_browser(world: World) -> None:
    agent = world.agent(ready=False)
    for browser in ("this one", "another"):
        world.do(agent, access.sign_in, agent.id, browser)
    this = next(row.id for row in world.all(SignIn) if row.browser == "this one")
    me = Actor("agent", world.workspace_id, agent.id, session_id=this)
    world.do(me, lambda tx: access.change_password(tx, tx.get(Agent, agent.id), "other"))
    assert [row.browser for row in world.all(SignIn)] == ["this one"]


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "aaaaaaaaaaaaaaa",
        "ababababababab",
        "x" * 201,
        "Password123!",
        "P@ssw0rd2026",
        "1234567890",
        "2024-Welcome-2024",
        "1Q2W3E4R5T",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        passwords.hashed(password)
    assert refused.value.field == "password"


def test_a_password_fits_its_own_hash_only() -> None:
    kept = passwords.hashed("correct horse battery")
    assert passwords.matches("correct horse battery", kept)
    assert not passwords.matches("Correct horse battery", kept)
    assert not passwords.matches("nobody has this password", None)
    assert not passwords.matches("anything", "not a hash")


def test_one_withdraws_ones_own_tokens_only(world: World) -> None:
    agent, other = world.agent(ready=False), world.agent(ready=False)
    row_id = world.do(agent, lambda tx: _token(tx, agent.id))
    with pytest.raises(NotFound):
        world.do(other, access.revoke_token, other.id, row_id)
    world.do(agent, access.revoke_token, agent.id, row_id)
    assert world.all(ApiToken) == []


def test_a_team_that_is_off_is_not_shown_and_its_members_stay_in_it(world: World) -> None:
    agent, other = world.agent(), world.do(None, lambda tx: actions.add_team(tx, name="Night").id)
    _change(world, agent.id, team_ids=[world.team, other])
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, other), active=False).id)
    one = world.see(lambda tx: shapes.one_agent(tx, agent.id).team_ids)
    (listed,) = (row.team_ids for row in world.see(shapes.all_agents) if row.id == agent.id)
    assert one == listed == [world.team]
    _change(world, agent.id, team_ids=[])
    assert world.see(lambda tx: queries.members_of(tx, other)) == [agent.id]
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, other), active=True).id)
    assert world.see(lambda tx: queries.teams_of(tx, agent.id)) == [other]


def test_members_set_on_the_teams_side_are_told_from_what_to_what(world: World) -> None:
    agent = world.agent(teams=[])
    world.do(None, lambda tx: actions.change_team(tx, tx.get(Team, world.team), member_ids=[agent.id]).id)
    told = [row.payload for row in world.all(FactRow) if row.topic == "agent.changed" and row.subject_id == agent.id]
    assert told[-1]["changes"] == {"team_ids": [[], [world.team]]}


def test_a_password_that_somebody_else_chose_ends_the_tokens(world: World) -> None:
    agent = world.agent()
    id = world.do(agent, lambda tx: _token(tx, agent.id))
    world.do(None, lambda tx: access.reset_password(tx, tx.get(Agent, agent.id), "another hash", due=True))
    assert world.see(lambda tx: len(queries.tokens_of(tx, agent.id))) == 0
    assert [row.payload["token_id"] for row in world.all(FactRow) if row.topic == "token.revoked"] == [id]


def _token(tx: Tx, agent_id: str) -> str:
    row, token = access.create_token(tx, agent_id, "script")
    assert row.digest not in token
    return row.id
