"""Setting up, signing in and out, and what protects a signed-in browser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpline.app import limits
from helpline.app.auth import COOKIE, CsrfMissing
from helpline.app.limits import TooManyAttempts
from helpline.app.session_api import AlreadySetUp, ChooseWorkspace
from helpline.core import Tx, new_id
from helpline.people import Agent, access, passwords
from helpline.people.access import NotSignedIn, WrongCredentials
from helpline.people.api import OwnPasswordWrong
from tests.make import World, make_world
from tests.running import PASSWORD, Running

ADA = {"email": "ada@example.com", "password": PASSWORD}


def _world(running: Running, email: str, name: str = "Beta") -> World:
    """Another workspace whose administrator signs in with the same password."""
    world, kept = make_world(running.app.state.units, name), passwords.hashed(PASSWORD)

    def rename(tx: object) -> None:
        agent = tx.get(Agent, world.admin)  # type: ignore[attr-defined]
        agent.email, agent.password_hash = email, kept

    world.do(None, rename)
    return world


def test_an_installation_is_set_up_once(running: Running) -> None:
    nobody = running.client()
    assert nobody.get("/api/setup").json() == {"needed": True}
    running.set_up()
    assert nobody.get("/api/setup").json() == {"needed": False}
    again = {"workspace_name": "Evil", "name": "Eve", "email": "eve@example.com", "password": PASSWORD}
    refused = nobody.post("/api/setup", json=again)
    assert (refused.status_code, refused.json()["code"]) == (409, AlreadySetUp.code())
    assert nobody.post("/api/session", json={"email": "eve@example.com", "password": PASSWORD}).status_code == 401


def test_a_workspace_begins_in_the_time_zone_that_was_said(running: Running) -> None:
    nobody = running.client()
    given = {"workspace_name": "Acme", "name": "Ada", "email": "ada@example.com", "password": PASSWORD}
    refused = nobody.post("/api/setup", json={**given, "timezone": "Mars/Olympus"})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, "unknown_zone", "timezone")
    assert nobody.get("/api/setup").json() == {"needed": True}
    begun = nobody.post("/api/setup", json={**given, "timezone": "Asia/Taipei"})
    assert (begun.status_code, begun.json()["workspace"]["timezone"]) == (201, "Asia/Taipei")


def test_a_workspace_that_a_program_sets_up_says_that_its_days_are_those_of_utc(running: Running) -> None:
    admin = running.set_up()
    assert admin.get("/api/session").json()["workspace"]["timezone"] == "UTC"
    assert admin.patch("/api/workspace", json={"timezone": "Asia/Taipei"}).json()["timezone"] == "Asia/Taipei"


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(running: Running) -> None:
    running.set_up()
    cookie = running.client().post("/api/session", json=ADA).headers["set-cookie"]
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    secure = running.client().post("/api/session", json=ADA, headers={"x-forwarded-proto": "https"})
    assert "secure" in secure.headers["set-cookie"].lower()


def test_signing_in_says_who_one_is_and_signing_out_ends_it(running: Running) -> None:
    running.set_up()
    client = running.client()
    signed_in = client.post("/api/session", json={**ADA, "email": "ADA@example.com"})
    assert signed_in.status_code == 201
    assert client.get("/api/session").json() == signed_in.json()
    assert "people.manage" in signed_in.json()["permissions"]
    kept = client.cookies[COOKIE]
    client.delete("/api/session", headers={"x-csrf-token": signed_in.json()["csrf"]}).raise_for_status()
    assert COOKIE not in client.cookies
    refused = running.client().get("/api/session", headers={"cookie": f"{COOKIE}={kept}"})
    assert (refused.status_code, refused.json()["code"]) == (401, NotSignedIn.code())


def test_wrong_credentials_tell_nothing_about_what_was_wrong(running: Running) -> None:
    running.set_up()
    client = running.client()
    answers = [
        client.post("/api/session", json=given).json()
        for given in (
            {**ADA, "password": "wrong wrong"},
            {**ADA, "email": "nobody@example.com"},
            {**ADA, "workspace_id": new_id()},
        )
    ]
    for answer in answers:
        assert (answer["status"], answer["code"], answer["detail"]) == (
            401,
            WrongCredentials.code(),
            answers[0]["detail"],
        )


def test_passwords_cannot_be_tried_at_will(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAILED_FOR_ACCOUNT", limits.Limit(3, 300))
    running.set_up()
    client = running.client()
    for _ in range(3):
        assert client.post("/api/session", json={**ADA, "password": "wrong wrong"}).status_code == 401
    refused = client.post("/api/session", json=ADA)
    assert (refused.status_code, refused.json()["code"]) == (429, TooManyAttempts.code())
    assert 0 < int(refused.headers["retry-after"]) <= 300


def test_many_guesses_at_once_are_no_way_around(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAILED_FOR_ACCOUNT", limits.Limit(3, 300))
    running.set_up()
    guess = lambda n: running.client().post("/api/session", json={**ADA, "password": f"wrong guess {n}"})  # noqa: E731
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(answer.status_code for answer in pool.map(guess, range(8)))
    assert codes == [401] * 3 + [429] * 5


def test_who_signs_in_right_counts_for_nothing_against_their_address(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FAILED_FROM_ADDRESS", limits.Limit(2, 300))
    running.set_up()
    assert [running.client().post("/api/session", json=ADA).status_code for _ in range(4)] == [201] * 4


def test_a_password_that_was_changed_while_it_was_checked_opens_nothing(world: World) -> None:
    def held(tx: Tx) -> str:
        return tx.get(Agent, world.admin).password_hash

    checked = world.see(held)
    world.do(None, lambda tx: access.reset_password(tx, tx.get(Agent, world.admin), "another", due=False))
    with pytest.raises(WrongCredentials):
        world.do(None, access.sign_in, world.admin, "", checked=checked)
    assert world.do(None, access.sign_in, world.admin, "", checked="another")


def test_two_who_set_up_at_once_make_one_workspace(running: Running) -> None:
    def set_up(name: str) -> int:
        given = {"workspace_name": name, "name": "Ada", "email": f"{name}@example.com", "password": PASSWORD}
        return running.client().post("/api/setup", json=given).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(set_up, ["one", "two", "three", "four"])) == [201, 409, 409, 409]


def test_who_is_in_several_workspaces_chooses_one(running: Running) -> None:
    running.set_up()
    beta = _world(running, ADA["email"])
    client = running.client()
    choose = client.post("/api/session", json=ADA)
    assert (choose.status_code, choose.json()["code"]) == (409, ChooseWorkspace.code())
    assert [home["name"] for home in choose.json()["workspaces"]] == ["Acme", "Beta"]
    chosen = client.post("/api/session", json={**ADA, "workspace_id": beta.workspace_id})
    assert chosen.json()["workspace"]["name"] == "Beta"


def test_unsafe_requests_carry_the_mark_of_our_own_page(running: Running) -> None:
    client = running.set_up()
    mark = client.headers.pop("x-csrf-token")
    for wrong in ({}, {"x-csrf-token": "0" * 32}, {"x-csrf-token": ""}):
        refused = client.patch("/api/me", json={"name": "Eve"}, headers=wrong)
        assert (refused.status_code, refused.json()["code"]) == (403, CsrfMissing.code())
    assert client.get("/api/session").json()["agent"]["name"] == "Ada"
    assert client.patch("/api/me", json={"name": "Ada L."}, headers={"x-csrf-token": mark}).status_code == 200


def test_somebody_made_inactive_is_out_with_the_next_request(running: Running) -> None:
    admin = running.set_up()
    given = {"name": "Grace", "email": "grace@example.com", "password": PASSWORD}
    grace_id = admin.post("/api/agents", json=given).json()["id"]
    grace = running.client()
    grace.post("/api/session", json={"email": given["email"], "password": PASSWORD}).raise_for_status()
    assert grace.get("/api/session").status_code == 200
    admin.patch(f"/api/agents/{grace_id}", json={"active": False}).raise_for_status()
    assert grace.get("/api/session").status_code == 401
    signing_in = grace.post("/api/session", json={"email": given["email"], "password": PASSWORD})
    assert signing_in.json()["code"] == WrongCredentials.code()


def test_a_new_password_needs_the_current_one_and_is_not_weak(running: Running) -> None:
    client = running.set_up()
    other = running.client()
    other.post("/api/session", json=ADA).raise_for_status()
    wrong = client.patch("/api/me", json={"password": "a new long password", "current_password": "wrong"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, OwnPasswordWrong.code())
    weak = client.patch("/api/me", json={"password": "short", "current_password": PASSWORD})
    assert (weak.status_code, weak.json()["code"], weak.json()["field"]) == (422, "password_too_weak", "password")
    right = client.patch("/api/me", json={"password": "a new long password", "current_password": PASSWORD})
    assert right.status_code == 200
    assert (client.get("/api/session").status_code, other.get("/api/session").status_code) == (200, 401)


def test_a_token_carries_its_agents_permissions_until_it_is_withdrawn(running: Running) -> None:
    admin = running.set_up()
    made = admin.post("/api/tokens", json={"name": "script"}).json()
    assert made["token"].startswith(made["prefix"])
    assert "token" not in admin.get("/api/tokens").json()[0]
    program = running.client(made["token"])
    assert program.post("/api/owners", json={"name": "Brand"}).status_code == 201
    me = admin.get("/api/session").json()["agent"]["id"]
    admin.post(
        "/api/agents", json={"name": "G", "email": "g@example.com", "password": PASSWORD, "role": "administrator"}
    )
    admin.patch(f"/api/agents/{me}", json={"role": "agent"}).raise_for_status()
    assert program.post("/api/owners", json={"name": "Another"}).status_code == 403
    assert program.get("/api/owners").status_code == 200
    admin.delete(f"/api/tokens/{made['id']}").raise_for_status()
    assert program.get("/api/owners").json()["code"] == NotSignedIn.code()


@pytest.mark.parametrize(
    "token", ["hl_", "hl_nonsense", "nonsense", "hl_" + "0" * 32 + ".x", "hl_" + "z" * 32 + ".x", "é"]
)
def test_a_token_that_was_never_given_is_nobodys(running: Running, token: str) -> None:
    answer = running.client().get("/api/agents", headers={"authorization": f"Bearer {token}".encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, NotSignedIn.code())


def test_failed_sign_ins_are_in_the_audit_log_but_cannot_fill_it(running: Running) -> None:
    admin = running.set_up()
    wrong = running.client()
    for email in ["ada@example.com"] * 10 + ["nobody@example.com"]:
        refused = wrong.post("/api/session", json={"email": email, "password": "wrong password"})
        assert refused.json()["code"] == WrongCredentials.code()
    state = running.app.state
    asyncio.run_coroutine_threadsafe(state.failures.written(), state.job_loop._loop).result(60)
    told = admin.get("/api/audit", params={"topic": "agent.sign_in_failed"}).json()["items"]
    assert [(one["subject_name"], one["details"]["times"]) for one in told] == [("Ada", 10), ("Ada", 1)]
    assert {one["details"]["address"] for one in told} == {"127.0.0.1"}


def test_no_address_of_anybody_is_kept_where_attempts_are_counted(running: Running) -> None:
    running.set_up()
    running.client().post("/api/session", json={"email": "ada@example.com", "password": "wrong password"})
    counted = list(running.app.state.counts._counted)
    assert any(key.startswith("sign-in:account:") for key in counted)
    assert not any("ada" in key or "127.0.0.1" in key for key in counted if key.startswith("sign-in:"))
