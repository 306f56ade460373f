"""Rule 7: the business's server says who shall serve, asked over real HTTP; whatever it does, nobody is lost or held up."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from helpline.app.limits import TooManyRequests
from helpline.app.settings import Settings
from helpline.core import Actor, Tx, new_id
from helpline.outside.signing import is_signed
from helpline.people import Availability, actions, presence
from helpline.session_settings.allocation import BadServerAddress, NoServerToAsk
from tests.listening import eventually
from tests.make import HASH
from tests.outside.listener import Asked, Listener
from tests.running import PASSWORD, Running


@dataclass
class Shop:
    """A running installation that asks a server, with two teams and an agent in each."""

    running: Running
    admin: httpx.Client
    server: Listener
    teams: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)

    def decide(self, category: str = "", **allocation: Any) -> httpx.Response:
        path = f"/api/channel-categories/{category}/session-settings" if category else "/api/session-settings"
        version = self.admin.get(path).json()["version"]
        return self.admin.patch(path, json={"version": version, "allocation": allocation})

    def write(self, key: str = "") -> str:
        key = key or self.admin.get("/api/channels").json()[0]["public_key"]
        entered = self.running.client().post(f"/api/webchat/{key}/visitors", json={"name": "Amara"})
        visitor = self.running.client(entered.json()["token"])
        said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"})
        return str(said.json()["conversation_id"])

    def now(self, id: str) -> dict[str, Any]:
        return dict(self.admin.get(f"/api/conversations/{id}").json())

    def events(self, id: str, name: str) -> list[dict[str, Any]]:
        said = self.admin.get(f"/api/conversations/{id}/messages").json()["items"]
        return [one["event"] for one in said if one["event"] and one["event"]["name"] == name]

    def decided(self, id: str) -> dict[str, Any]:
        """How it was decided, once it is: by exactly one."""
        eventually(lambda: self.now(id)["state"] != "bot")
        [event] = self.events(id, "decided")
        return event


@pytest.fixture
def shop(settings: Settings) -> Iterator[Shop]:
    reachable = msgspec.structs.replace(settings, may_call="127.0.0.1")
    with ExitStack() as open_ones:
        server = open_ones.enter_context(Listener(lambda asked: asked.say({})))
        running = open_ones.enter_context(Running(reachable))
        made = Shop(running, running.set_up(), server)
        for name in ("Sales", "Repairs"):
            made.teams[name] = made.admin.post("/api/teams", json={"name": name}).json()["id"]
            _agent(made, f"{name} agent", made.teams[name])
        made.decide(policy="business_server", server_url=server.url).raise_for_status()
        yield made


def _agent(shop: Shop, name: str, team: str) -> None:
    """Somebody who is ready, without the way through the door."""
    state, home = shop.running.app.state, Actor.system(shop.admin.get("/api/session").json()["workspace"]["id"])

    def come(tx: Tx) -> str:
        id = actions.add_agent(tx, name=name, email=f"{new_id()}@example.com", password_hash=HASH, team_ids=[team]).id
        presence.connect(tx, id, new_id(), state.node_id)
        presence.set_availability(tx, id, Availability.READY)
        return id

    shop.agents[name] = state.units.run_now(home, come)


def test_the_question_is_what_was_agreed_and_is_signed(shop: Shop) -> None:
    id = shop.write()
    shop.decided(id)
    [(headers, body)] = shop.server.heard
    asked = json.loads(body)
    assert (asked["event"], asked["conversation_id"], asked["contact"]["name"]) == ("conversation.assign", id, "Amara")
    assert (asked["channel"]["kind"], set(asked)) == (
        "webchat",
        {"event", "conversation_id", "contact", "channel", "at"},
    )
    secret = shop.admin.get("/api/session-settings/server-secret").json()["secret"]
    assert is_signed(secret, {name.lower(): value for name, value in headers.items()}, body, datetime.now(UTC))
    another = shop.admin.post("/api/session-settings/server-secret").json()["secret"]
    assert another != secret
    shop.decided(shop.write())
    headers, body = shop.server.heard[-1]
    assert is_signed(another, {name.lower(): value for name, value in headers.items()}, body, datetime.now(UTC))
    assert not is_signed(secret, {name.lower(): value for name, value in headers.items()}, body, datetime.now(UTC))


def test_rule_7_a_team_only_is_served_by_the_automatic_order_inside_it(shop: Shop) -> None:
    shop.server.answering = lambda asked: asked.say({"team_id": shop.teams["Sales"]})
    id = shop.write()
    assert shop.decided(id) == {
        "name": "decided",
        "by": "server",
        "of": "server",
        "team_id": shop.teams["Sales"],
        "team_name": "Sales",
        "agents": [],
        "why": "",
    }
    assert shop.now(id)["agent_id"] == shop.agents["Sales agent"]
    assert [one["why"] for one in shop.events(id, "assigned")] == ["longest_idle"]


def test_rule_7_agents_only_are_asked_for_the_one_who_is_available(shop: Shop) -> None:
    away = shop.admin.post(
        "/api/agents", json={"name": "Away", "email": "away@example.com", "password": PASSWORD}
    ).json()["id"]
    shop.server.answering = lambda asked: asked.say({"agent_ids": [away, shop.agents["Repairs agent"]]})
    id = shop.write()
    assert shop.decided(id)["by"] == "server"
    assert shop.now(id)["agent_id"] == shop.agents["Repairs agent"]
    assert [one["why"] for one in shop.events(id, "assigned")] == ["named"]


def test_rule_7_agents_of_whom_none_is_available_leave_it_to_the_order_of_the_team(shop: Shop) -> None:
    away = shop.admin.post(
        "/api/agents", json={"name": "Away", "email": "away@example.com", "password": PASSWORD}
    ).json()["id"]
    shop.server.answering = lambda asked: asked.say({"team_id": shop.teams["Repairs"], "agent_ids": [away]})
    id = shop.write()
    assert shop.decided(id)["agents"] == ["Away"]
    assert shop.now(id)["agent_id"] == shop.agents["Repairs agent"]


def test_rule_7_both_are_the_agent_in_the_name_of_the_team(shop: Shop) -> None:
    both = {"team_id": shop.teams["Sales"], "agent_ids": [shop.agents["Repairs agent"]]}
    shop.server.answering = lambda asked: asked.say(both)
    id = shop.write()
    assert shop.decided(id)["agents"] == ["Repairs agent"]
    now = shop.now(id)
    assert (now["team_id"], now["agent_id"]) == (shop.teams["Sales"], shop.agents["Repairs agent"])


UNUSABLE: list[tuple[Callable[[Asked], None], str]] = [
    (lambda asked: asked.say({"team_id": "nobody"}), "unknown_team"),
    (lambda asked: asked.say({"team_id": "nobody", "agent_ids": ["nobody"]}), "unknown_team"),
    (lambda asked: asked.say({"agent_ids": ["nobody", "x" * 5000]}), "unknown_agents"),
    (lambda asked: asked.say({}), "nobody_named"),
    (lambda asked: asked.say({"team_id": None, "agent_ids": None, "more": 1}), "nobody_named"),
    (lambda asked: asked.say(b"not json"), "bad_answer"),
    (lambda asked: asked.say(b""), "bad_answer"),
    (lambda asked: asked.say([1]), "bad_answer"),
    (lambda asked: asked.say({"team_id": 7}), "bad_answer"),
    (lambda asked: asked.say(b'{"team_id": "\xff"}'), "bad_answer"),
    (lambda asked: asked.say(b"[" * 100_000), "bad_answer"),
    (lambda asked: asked.say({"team_id": "a\x00b"}), "unknown_team"),
    (lambda asked: asked.say({"agent_ids": ["a\x00b", ""]}), "unknown_agents"),
    (lambda asked: asked.say({"error": "no"}, 500), "status"),
    (lambda asked: asked.say(b"", 204), "bad_answer"),
    (lambda asked: asked.say(b"", 302, location="http://169.254.169.254/latest/meta-data"), "redirected"),
    (lambda asked: asked.say(b" " * 300_000), "too_large"),
    (lambda asked: asked.wfile.close(), "unreachable"),
]


def test_rule_7_unknown_ids_500_invalid_json_and_redirects_fall_back_and_say_why(shop: Shop) -> None:
    default = shop.admin.get("/api/channel-categories").json()[0]["team_id"]
    for answering, why in UNUSABLE:
        shop.server.answering = answering
        id = shop.write()
        event = shop.decided(id)
        assert (event["by"], event["why"]) == ("fallback", why)
        assert (shop.now(id)["state"], shop.now(id)["team_id"]) == ("waiting", default)
        facts = shop.admin.get(f"/api/conversations/{id}/facts").json()
        told = [one["payload"] for one in facts if one["topic"] == "conversation.decided"]
        assert [one["why"] for one in told] == [why]


@pytest.mark.parametrize("how", ["keep_waiting", "trickle"])
def test_rule_7_a_timeout_and_a_slow_trickle_fall_back_and_say_why(shop: Shop, how: str) -> None:
    shop.server.answering = getattr(shop.server, how)
    shop.decide(server_timeout=1, fallback_team_id=shop.teams["Repairs"]).raise_for_status()
    id = shop.write()
    event = shop.decided(id)
    assert (event["by"], event["why"], event["team_name"]) == ("fallback", "timeout", "Repairs")
    assert shop.now(id)["agent_id"] == shop.agents["Repairs agent"]


def test_rule_7_a_redirect_to_this_network_is_not_followed(shop: Shop) -> None:
    with Listener(lambda asked: asked.say({"team_id": shop.teams["Sales"]})) as inner:
        shop.server.answering = lambda asked: asked.say(b"", 308, location=inner.url)
        assert shop.decided(shop.write())["why"] == "redirected"
        assert inner.heard == []


def test_an_address_in_this_network_is_refused_unless_the_installation_lists_it(settings: Settings) -> None:
    with Listener(lambda asked: asked.say({})) as server, Running(settings) as running:
        shop = Shop(running, running.set_up(), server)
        shop.decide(policy="business_server", server_url=server.url).raise_for_status()
        assert shop.decided(shop.write())["why"] == "refused_address"
        assert server.heard == []


def test_some_who_are_unknown_are_passed_over(shop: Shop) -> None:
    shop.server.answering = lambda asked: asked.say({"agent_ids": ["gone", shop.agents["Sales agent"]]})
    id = shop.write()
    assert shop.decided(id)["agents"] == ["Sales agent"]
    shop.server.answering = lambda asked: asked.say({"team_id": shop.teams["Repairs"], "agent_ids": ["gone"]})
    event = shop.decided(shop.write())
    assert (event["by"], event["team_name"], event["why"]) == ("server", "Repairs", "unknown_agents")


def test_a_slow_server_holds_up_nobody_but_who_asks_it(shop: Shop) -> None:
    shop.decide(server_timeout=30).raise_for_status()
    slow_key = shop.admin.get("/api/channels").json()[0]["public_key"]
    with Listener(lambda asked: asked.say({"team_id": shop.teams["Sales"]})) as quick:
        category = shop.admin.post(
            "/api/channel-categories", json={"name": "Quick", "team_id": shop.teams["Sales"]}
        ).json()["id"]
        shop.decide(category, server_url=quick.url).raise_for_status()
        channel = {"name": "Quick chat", "category_id": category}
        key = shop.admin.post("/api/channels", json=channel).json()["public_key"]
        shop.server.answering = shop.server.keep_waiting
        slow = [shop.write(slow_key) for _ in range(40)]
        assert shop.decided(shop.write(key))["team_name"] == "Sales"
        assert {shop.now(id)["state"] for id in slow} == {"bot"}
        shop.server.over.set()


def test_nobody_is_lost_when_the_process_ends_while_it_asks(settings: Settings) -> None:
    reachable = msgspec.structs.replace(settings, may_call="127.0.0.1")
    with Listener(lambda asked: asked.say({})) as server:
        server.answering = server.keep_waiting
        with Running(reachable) as running:
            before = Shop(running, running.set_up(), server)
            before.decide(policy="business_server", server_url=server.url, server_timeout=1).raise_for_status()
            id = before.write()
            eventually(lambda: server.heard)
        with Running(reachable) as running:
            admin = running.client()
            signed_in = admin.post("/api/session", json={"email": "ada@example.com", "password": PASSWORD})
            admin.headers["x-csrf-token"] = signed_in.json()["csrf"]
            after = Shop(running, admin, server)
            event = after.decided(id)
            assert (event["by"], event["why"]) == ("fallback", "timeout")
            assert after.now(id)["state"] == "waiting"


def test_an_agent_who_takes_it_first_is_not_asked_after(shop: Shop) -> None:
    shop.server.answering = shop.server.keep_waiting
    id = shop.write()
    eventually(lambda: shop.server.heard)
    shop.admin.post(f"/api/conversations/{id}/take").raise_for_status()
    shop.server.over.set()
    assert shop.decided(id)["by"] == "agent"
    assert shop.now(id)["state"] == "active"


def test_it_needs_an_address_that_is_one(shop: Shop) -> None:
    for allocation, code in (
        ({"server_url": ""}, NoServerToAsk),
        ({"server_url": "javascript:alert(1)"}, BadServerAddress),
        ({"server_url": "https://me:secret@example.com/"}, BadServerAddress),
    ):
        refused = shop.decide(**allocation)
        assert (refused.status_code, refused.json()["code"]) == (422, code.code())
        assert refused.json()["field"] == "allocation.server_url"


def test_to_try_it_shows_what_was_asked_and_answered_and_what_would_follow(shop: Shop) -> None:
    shop.server.answering = lambda asked: asked.say(
        {"team_id": shop.teams["Sales"], "agent_ids": [shop.agents["Repairs agent"]]}
    )
    said = {"url": shop.server.url, "timeout": 1}
    tried = shop.admin.post("/api/session-settings/try-server", json=said).json()
    assert (tried["status"], tried["why"], tried["falls_back"]) == (200, "", False)
    assert (tried["team_name"], tried["agent_names"]) == ("Sales", ["Repairs agent"])
    assert json.loads(tried["body"])["test"] is True
    assert "webhook-signature" in tried["headers"]
    shop.server.answering = shop.server.keep_waiting
    tried = shop.admin.post("/api/session-settings/try-server", json=said).json()
    assert (tried["status"], tried["why"], tried["falls_back"]) == (None, "timeout", True)
    refused = shop.admin.post("/api/session-settings/try-server", json={"url": "ftp://example.com"})
    assert (refused.status_code, refused.json()["code"]) == (422, BadServerAddress.code())
    audit = shop.admin.get("/api/audit").json()
    assert "server.tried" in json.dumps(audit)
    secret = shop.admin.get("/api/session-settings/server-secret").json()["secret"]
    assert secret not in json.dumps(audit)
    assert secret.removeprefix("whsec_") not in json.dumps(tried)


def test_trying_is_limited(settings: Settings) -> None:
    with Running(msgspec.structs.replace(settings, limits=1.0)) as running:
        admin = running.set_up()
        said = {"url": "http://127.0.0.1:9/"}
        answers = [admin.post("/api/session-settings/try-server", json=said) for _ in range(11)]
        assert [one.status_code for one in answers] == [200] * 10 + [429]
        assert answers[-1].json()["code"] == TooManyRequests.code()
