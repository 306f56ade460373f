"""The browsers one is signed in with: seen, ended one by one or all, by oneself and by an administrator."""

from datetime import timedelta

import httpx
import pytest

from helpline.app import auth
from helpline.app.session_api import PasswordUnchanged
from helpline.core.facts import FactRow
from helpline.people import access, queries
from helpline.people.access import NotSignedIn, PasswordDue
from helpline.people.api import OwnPasswordHere
from helpline.people.models import SIGNED_IN_AT_MOST, UNUSED_AT_MOST, SignIn
from helpline.people.rules import browser_name
from tests.clock import Clock
from tests.make import World
from tests.running import PASSWORD, Running

ADA = {"email": "ada@example.com", "password": PASSWORD}
GRACE = {"email": "grace@example.com", "password": "the first password"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def _sign_in(running: Running, who: dict[str, str], **headers: str) -> httpx.Client:
    client = running.client()
    answer = client.post("/api/session", json=who, headers=headers)
    assert answer.status_code == 201, answer.text
    client.headers["x-csrf-token"] = answer.json()["csrf"]
    return client


def _grace(admin: httpx.Client) -> str:
    return str(admin.post("/api/agents", json={"name": "Grace", **GRACE}).json()["id"])


def _is_out(client: httpx.Client) -> bool:
    answer = client.get("/api/session")
    return answer.status_code == 401 and answer.json()["code"] == NotSignedIn.code()


def test_one_sees_ones_browsers_and_ends_one(running: Running) -> None:
    here = running.set_up()
    there = _sign_in(running, ADA, **{"user-agent": FIREFOX})
    [first, second] = here.get("/api/me/sessions").json()
    assert (first["browser"], first["user_agent"], first["current"]) == ("Firefox, Linux", FIREFOX, False)
    assert second["current"]
    assert here.delete(f"/api/me/sessions/{first['id']}").status_code == 204
    assert _is_out(there)
    assert [row["id"] for row in here.get("/api/me/sessions").json()] == [second["id"]]
    assert here.delete(f"/api/me/sessions/{first['id']}").json()["code"] == "not_found"


def test_one_ends_all_ones_other_browsers(running: Running) -> None:
    here = running.set_up()
    others = [_sign_in(running, ADA) for _ in range(2)]
    assert here.delete("/api/me/sessions").status_code == 204
    assert all(_is_out(other) for other in others)
    assert [row["current"] for row in here.get("/api/me/sessions").json()] == [True]


def test_somebody_elses_session_is_not_ones_own_to_end(running: Running) -> None:
    admin = running.set_up()
    _grace(admin)
    grace = _sign_in(running, GRACE)
    [mine] = admin.get("/api/me/sessions").json()
    assert grace.delete(f"/api/me/sessions/{mine['id']}").status_code == 404
    assert grace.get(f"/api/agents/{admin.get('/api/session').json()['agent']['id']}/sessions").status_code == 403
    assert not _is_out(admin)


def test_an_administrator_signs_somebody_out_everywhere(running: Running) -> None:
    admin = running.set_up()
    grace_id = _grace(admin)
    grace = _sign_in(running, GRACE)
    assert len(admin.get(f"/api/agents/{grace_id}/sessions").json()) == 1
    assert admin.delete(f"/api/agents/{grace_id}/sessions").status_code == 204
    assert _is_out(grace)
    assert not _is_out(admin)


def test_a_password_that_was_reset_is_good_for_one_sign_in(running: Running) -> None:
    admin = running.set_up()
    grace_id, reset = _grace(admin), {**GRACE, "password": "given by Ada"}
    grace = _sign_in(running, GRACE)
    admin.patch(f"/api/agents/{grace_id}", json={"password": reset["password"]}).raise_for_status()
    assert _is_out(grace)
    client = running.client()
    due = client.post("/api/session", json=reset)
    assert (due.status_code, due.json()["code"], due.json()["field"]) == (403, PasswordDue.code(), "new_password")
    same = client.post("/api/session", json={**reset, "new_password": reset["password"]})
    assert (same.status_code, same.json()["code"]) == (422, PasswordUnchanged.code())
    weak = client.post("/api/session", json={**reset, "new_password": "short"})
    assert (weak.json()["code"], weak.json()["field"]) == ("password_too_weak", "new_password")
    assert client.get("/api/session").status_code == 401
    assert client.post("/api/session", json={**reset, "new_password": "chosen by Grace"}).status_code == 201
    assert running.client().post("/api/session", json=reset).status_code == 401
    assert not _is_out(_sign_in(running, {**GRACE, "password": "chosen by Grace"}))


def test_an_administrators_own_password_needs_the_current_one(running: Running) -> None:
    admin = running.set_up()
    me = admin.get("/api/session").json()["agent"]["id"]
    refused = admin.patch(f"/api/agents/{me}", json={"password": "another long one"})
    assert (refused.status_code, refused.json()["code"]) == (409, OwnPasswordHere.code())


def test_to_sign_in_again_replaces_the_browsers_own_session(running: Running) -> None:
    client = running.set_up()
    kept = client.cookies[auth.COOKIE]
    client.post("/api/session", json=ADA).raise_for_status()
    assert len(client.get("/api/me/sessions").json()) == 1
    assert running.client().get("/api/session", headers={"cookie": f"{auth.COOKIE}={kept}"}).status_code == 401


def test_a_browser_in_use_stays_signed_in_but_not_for_ever(world: World, clock: Clock) -> None:
    world.do(None, access.sign_in, world.admin, FIREFOX)
    [row] = world.all(SignIn)
    days, step = 0, UNUSED_AT_MOST - timedelta(days=1)
    while timedelta(days=days) + step < SIGNED_IN_AT_MOST:
        clock.advance(step.total_seconds())
        days += step.days
        assert world.see(lambda tx: queries.sign_in(tx, row.id) is not None)
        world.do(None, access.mark_seen, row.id)
    clock.advance(step.total_seconds())
    assert world.see(lambda tx: queries.sign_in(tx, row.id)) is None


def test_a_browser_that_is_not_used_is_signed_out(world: World, clock: Clock) -> None:
    world.do(None, access.sign_in, world.admin, FIREFOX)
    clock.advance(UNUSED_AT_MOST.total_seconds())
    [row] = world.all(SignIn)
    assert world.see(lambda tx: queries.sign_in(tx, row.id)) is None
    assert world.see(lambda tx: queries.sign_ins(tx, world.admin)) == []


def test_what_happened_to_sessions_and_passwords_is_in_the_log(running: Running) -> None:
    admin = running.set_up()
    grace_id = _grace(admin)
    _sign_in(running, GRACE, **{"user-agent": FIREFOX})
    admin.patch(f"/api/agents/{grace_id}", json={"password": "given by Ada"}).raise_for_status()
    client = running.client()
    client.post(
        "/api/session", json={**GRACE, "password": "given by Ada", "new_password": "chosen by Grace"}
    ).raise_for_status()
    units, workspace = running.app.state.units, admin.get("/api/session").json()["workspace"]["id"]
    rows = World(units, workspace, "", "", "").all(FactRow)
    hers = [(row.topic, row.payload.get("browser")) for row in rows if row.subject_id == grace_id]
    assert [pair for pair in hers if "signed" in pair[0] or "password" in pair[0]] == [
        ("agent.signed_in", "Firefox, Linux"),
        ("agent.password_reset", None),
        ("agent.signed_out", "Firefox, Linux"),
        ("agent.password_changed", None),
        ("agent.signed_in", browser_name(client.headers["user-agent"])),
    ]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 Version/18.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
