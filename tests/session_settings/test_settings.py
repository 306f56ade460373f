"""Session settings: the workspace's, a category's own, what is inherited, and what is refused."""

from typing import Any

import pytest

from helpline.channels import Category
from helpline.core import Tx
from helpline.core.errors import EditedMeanwhile
from helpline.people import audit
from helpline.session_settings import SessionSettings, actions, in_force
from helpline.session_settings.closure import ReminderAfterTheEnd
from helpline.session_settings.models import SessionSettingsRow
from helpline.session_settings.sections import SECTIONS
from helpline.session_settings.shapes import session_settings_out
from tests.make import World
from tests.running import Running

ADDRESS = "/api/session-settings"


def _set(world: World, category: str | None = None, **wanted: Any) -> int:
    return world.do(None, lambda tx: actions.change(tx, category, wanted).version)


def _category(world: World) -> str:
    return str(world.all(Category)[0].id)


def test_defaults_hold_until_somebody_decides_otherwise(world: World) -> None:
    assert world.see(in_force, _category(world)) == SessionSettings()
    assert world.all(SessionSettingsRow) == []


def test_a_category_inherits_field_by_field_what_it_does_not_decide_itself(world: World) -> None:
    category = _category(world)
    _set(world, closure={"contact_timeout": 480, "agent_reminder": 180})
    _set(world, category, closure={"agent_reminder": 60})
    assert world.see(in_force, category).closure.agent_reminder == 60
    assert world.see(in_force, category).closure.contact_timeout == 480
    assert world.see(in_force).closure.agent_reminder == 180
    _set(world, closure={"contact_timeout": 600})
    assert world.see(in_force, category).closure.contact_timeout == 600


def test_null_has_a_field_inherited_again(world: World) -> None:
    category = _category(world)
    _set(world, closure={"agent_reminder": 180})
    _set(world, category, closure={"agent_reminder": 60})
    _set(world, category, closure={"agent_reminder": None})
    own = world.see(session_settings_out, category)
    assert (own.in_force.closure.agent_reminder, own.overridden, own.version) == (180, [], 2)
    _set(world, closure={"agent_reminder": None})
    assert world.see(in_force, category) == SessionSettings()


def test_what_is_set_here_and_what_would_hold_else_are_told(world: World) -> None:
    category = _category(world)
    _set(world, closure={"agent_reminder": 180})
    _set(world, category, closure={"agent_reminder": 60})
    own = world.see(session_settings_out, category)
    assert own.overridden == ["closure.agent_reminder"]
    assert (own.inherited.closure.agent_reminder, own.in_force.closure.agent_reminder) == (180, 60)


def test_the_workspace_tells_which_categories_decide_what_otherwise(world: World) -> None:
    category = _category(world)
    _set(world, closure={"agent_reminder": 180})
    assert world.see(session_settings_out, None).differing == {}
    _set(world, category, closure={"agent_reminder": 60}, prompts={"welcome": {"on": True}})
    whole = world.see(session_settings_out, None)
    assert whole.differing == {"closure.agent_reminder": [category], "prompts.welcome": [category]}
    assert world.see(session_settings_out, category).differing == {}


def test_the_audit_log_says_what_changed_from_what_to_what(world: World) -> None:
    _set(world, _category(world), closure={"agent_reminder": 60, "contact_timeout": 0})
    [row] = world.see(audit.page, limit=1, after=None, topics=["session.settings_changed"]).items
    assert row.changes == {"closure.agent_reminder": [0, 60]}
    assert row.subject_id == _category(world)


def test_of_two_who_began_with_the_same_version_the_later_is_refused(world: World) -> None:
    world.do(None, lambda tx: actions.change(tx, None, {"closure": {"agent_reminder": 60}}, 0).version)
    with pytest.raises(EditedMeanwhile):
        world.do(None, lambda tx: actions.change(tx, None, {"closure": {"agent_reminder": 90}}, 0).version)
    assert world.see(in_force).closure.agent_reminder == 60


def test_a_reminder_comes_before_what_it_reminds_of(world: World) -> None:
    with pytest.raises(ReminderAfterTheEnd) as refused:
        _set(world, closure={"contact_timeout": 60, "contact_reminder": 60})
    assert refused.value.field == "closure.contact_reminder"


@pytest.mark.parametrize("section", SECTIONS)
def test_null_is_never_a_value_because_it_means_inherited(section: str) -> None:
    import msgspec

    for one in msgspec.structs.fields(SECTIONS[section]):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({one.name: None}, SECTIONS[section])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"nonsense": {}}, "nonsense"),
        ({"closure": {"nonsense": 1}}, "closure"),
        ({"closure": {"agent_reminder": "soon"}}, "agent_reminder"),
        ({"closure": {"agent_reminder": -1}}, "agent_reminder"),
        ({"prompts": {"welcome": {"on": "yes"}}}, "welcome"),
        ({"prompts": {"welcome": {"texts": {"English!": "Hi"}}}}, "welcome"),
        ({"prompts": {"welcome": {"texts": {"en": "x" * 2001}}}}, "welcome"),
        ({"satisfaction": {"reasons": [{"en": "Late"}] * 13}}, "reasons"),
        ({"version": None}, "version"),
    ],
)
def test_bad_input_is_refused_field_by_field(running: Running, said: dict[str, Any], field: str) -> None:
    client = running.set_up()
    answer = client.patch(ADDRESS, json={"version": 0, **said})
    problem = answer.json()
    assert answer.status_code == 400, problem
    assert field in f"{problem['field']} {problem['detail']}", problem
    assert client.get(ADDRESS).json()["version"] == 0


def test_over_the_api_a_category_is_told_apart_from_the_workspace(running: Running) -> None:
    client = running.set_up()
    category = client.get("/api/channel-categories").json()[0]["id"]
    mine = f"/api/channel-categories/{category}/session-settings"
    client.patch(ADDRESS, json={"version": 0, "closure": {"agent_reminder": 180}})
    answer = client.patch(mine, json={"version": 0, "prompts": {"welcome": {"texts": {"de": "Hallo"}}}})
    assert answer.json()["in_force"]["prompts"]["welcome"] == {"on": True, "texts": {"de": "Hallo"}}
    assert (answer.json()["overridden"], answer.json()["version"]) == (["prompts.welcome"], 1)
    assert client.get(ADDRESS).json()["overridden"] == ["closure.agent_reminder"]
    assert client.patch(mine, json={"version": 0}).status_code == 409
    unknown = client.get("/api/channel-categories/nobody/session-settings")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


def test_what_is_changed_holds_in_the_same_unit_too(world: World) -> None:
    category = _category(world)

    def is_relaxed(tx: Tx) -> bool:
        return in_force(tx, category).allocation.relaxed_skill

    def change(tx: Tx) -> list[bool]:
        seen = [is_relaxed(tx)]
        for scope, relaxed in ((None, True), (category, False)):
            actions.change(tx, scope, {"allocation": {"relaxed_skill": relaxed}})
            seen.append(is_relaxed(tx))
        return seen

    assert world.do(None, change) == [False, True, False]
