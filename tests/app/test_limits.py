"""Rate limits: whoever comes too often waits, everybody else notices nothing, and a setting switches them off."""

from collections.abc import Iterator

import httpx
import msgspec
import pytest
from websockets.sync.client import connect

from helpline.app import limits
from helpline.app.limits import LIMITS, Limit, TooManyRequests
from helpline.app.settings import BadSetting, Settings, load
from helpline.app.socket import TOO_OFTEN
from helpline.core import new_id
from helpline.people.api import OwnPasswordWrong
from tests.listening import code_of, desk_socket, of_type, open_chat, say, until
from tests.running import PASSWORD, Running


@pytest.fixture
def strict(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server where everything may be done three times, files sent from one address four times, a token used thirty times."""
    more = {"token": 30, "upload_from_address": 4, "uploads_from_address": 4}
    for what in LIMITS:
        monkeypatch.setitem(LIMITS, what, Limit(more.get(what, 3), 60))
    monkeypatch.setattr(limits, "FRAMES", Limit(20, 60))
    with Running(msgspec.structs.replace(settings, limits=1)) as server:
        yield server


def _is_too_often(answer: httpx.Response) -> bool:
    waits = 0 < int(answer.headers.get("retry-after", 0)) <= 60
    return answer.status_code == 429 and answer.json()["code"] == TooManyRequests.code() and waits


def _enter(running: Running, key: str) -> httpx.Response:
    return running.client().post(f"/api/webchat/{key}/visitors", json={"name": "Amara"})


def _key(admin: httpx.Client) -> str:
    return str(admin.get("/api/channels").json()[0]["public_key"])


def test_one_address_does_not_enter_without_end(strict: Running) -> None:
    key = _key(strict.set_up())
    assert [_enter(strict, key).status_code for _ in range(3)] == [201, 201, 201]
    assert _is_too_often(_enter(strict, key))


def test_where_it_is_counted_nobody_can_read_an_address(strict: Running) -> None:
    key = _key(strict.set_up())
    visitor = _enter(strict, key).json()
    strict.client(visitor["token"]).post("/api/webchat/files", files={"file": ("a.txt", b"a")})
    counted = list(strict.app.state.counts._counted)
    assert {"enter_from_address", "upload_from_address", "visitor_upload"} <= {key.split(":")[0] for key in counted}
    assert [key for key in counted if "127.0.0.1" in key or visitor["visitor_id"] in key] == []


def test_one_visitor_writes_and_uploads_so_often_and_another_is_not_concerned(strict: Running) -> None:
    key = _key(strict.set_up())
    one, other = (strict.client(_enter(strict, key).json()["token"]) for _ in range(2))
    write = lambda client: client.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"})  # noqa: E731
    upload = lambda client: client.post("/api/webchat/files", files={"file": ("a.txt", b"a")})  # noqa: E731
    for act in (write, upload):
        assert [act(one).status_code for _ in range(3)] == [201, 201, 201]
        assert _is_too_often(act(one))
        assert act(other).status_code == 201


@pytest.mark.parametrize("act", ["identity", "close", "conversation"])
def test_one_visitor_introduces_themselves_ends_and_asks_so_often(strict: Running, act: str) -> None:
    key = _key(strict.set_up())
    one, other = (strict.client(_enter(strict, key).json()["token"]) for _ in range(2))

    def again(client: httpx.Client, number: int) -> httpx.Response:
        address = f"/api/webchat/{act}"
        if act == "conversation":
            return client.get(address)
        return client.post(address, json={"name": f"Amara {number}"} if act == "identity" else None)

    assert [again(one, number).status_code for number in range(3)] == [200, 200, 200]
    assert _is_too_often(again(one, 3))
    assert again(other, 0).status_code == 200


def test_who_leafs_through_pages_too_fast_stays_connected(strict: Running) -> None:
    admin = strict.set_up()
    token = _enter(strict, _key(admin)).json()["token"]
    said = strict.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()
    with open_chat(strict, token) as (socket, _):
        for number in range(5):
            say(socket, type="page", url=f"https://shop.example/{number}")
        say(socket, type="ping")
        assert until(socket, of_type("pong"))
    page = admin.get(f"/api/conversations/{said['conversation_id']}").json()["page"]
    assert page == "https://shop.example/2"


def test_a_message_too_many_on_the_socket_is_refused_by_its_id_and_the_socket_stays(strict: Running) -> None:
    token = _enter(strict, _key(strict.set_up())).json()["token"]
    with open_chat(strict, token) as (socket, _):
        for _ in range(3):
            say(socket, type="send", id=new_id(), text="Hi")
            until(socket, of_type("ack"))
        refused = new_id()
        say(socket, type="send", id=refused, text="Hi")
        error = until(socket, of_type("error"))
        assert (error["id"], error["code"]) == (refused, TooManyRequests.code())
        say(socket, type="ping")
        assert until(socket, of_type("pong"))


def test_a_socket_that_does_not_stop_talking_is_closed(strict: Running) -> None:
    token = _enter(strict, _key(strict.set_up())).json()["token"]
    with connect(f"{strict.ws_url}/api/webchat/live") as socket:
        say(socket, type="hello", token=token)
        for _ in range(30):
            say(socket, type="ping")
        assert code_of(socket) == TOO_OFTEN


def test_a_token_asks_so_often_and_a_browser_is_not_concerned(strict: Running) -> None:
    admin = strict.set_up()
    program = strict.client(admin.post("/api/tokens", json={"name": "script"}).json()["token"])
    answers = [program.get("/api/owners") for _ in range(31)]
    assert [answer.status_code for answer in answers[:30]] == [200] * 30
    assert _is_too_often(answers[30])
    assert admin.get("/api/owners").status_code == 200


def test_a_desk_opened_with_a_token_counts_as_well(strict: Running) -> None:
    admin = strict.set_up()
    token = admin.post("/api/tokens", json={"name": "robot"}).json()["token"]
    robot = strict.client(token)
    for _ in range(30):
        robot.get("/api/session").raise_for_status()
    with desk_socket(strict, admin, authorization=f"Bearer {token}") as socket:
        assert code_of(socket) == TOO_OFTEN


def test_the_current_password_is_not_guessed_from_an_open_desk(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FAILED_FOR_ACCOUNT", Limit(2, 300))
    admin = running.set_up()
    guess = {"password": "a new long password", "current_password": "wrong"}
    codes = [admin.patch("/api/me", json=guess).json()["code"] for _ in range(3)]
    assert codes == [OwnPasswordWrong.code()] * 2 + ["too_many_attempts"]
    right = admin.patch("/api/me", json={**guess, "current_password": PASSWORD})
    assert right.status_code == 429


def test_a_whole_office_behind_one_address_signs_in_although_some_forget_their_password(running: Running) -> None:
    running.set_up()
    for number in range(40):
        wrong = {"email": f"agent{number}@example.com", "password": "forgotten it"}
        assert running.client().post("/api/session", json=wrong).status_code == 401
    assert running.client().post("/api/session", json={"email": "ada@example.com", "password": PASSWORD}).is_success


def test_a_setting_raises_the_limits_and_switches_them_off(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "enter_from_address", Limit(2, 60))
    for factor, let_in in ((0, 7), (2, 4)):
        with Running(msgspec.structs.replace(settings, limits=factor)) as server:
            if not server.client().get("/api/setup").json()["needed"]:
                admin = server.client()
                admin.post("/api/session", json={"email": "ada@example.com", "password": PASSWORD})
            else:
                admin = server.set_up()
            key = _key(admin)
            assert sum(_enter(server, key).is_success for _ in range(7)) == let_in


@pytest.mark.parametrize("setting", [{"limits": -1.0}, {"threads": 0}, {"threads": -2}])
def test_a_number_that_makes_no_sense_is_refused(setting: dict[str, float]) -> None:
    with pytest.raises(BadSetting, match=next(iter(setting))):
        load(**setting)


def test_many_visitors_of_one_address_do_not_upload_without_end(strict: Running) -> None:
    key = _key(strict.set_up())
    visitors = [strict.client(_enter(strict, key).json()["token"]) for _ in range(3)]
    upload = lambda client: client.post("/api/webchat/files", files={"file": ("a.txt", b"a")})  # noqa: E731
    assert [upload(client).status_code for client in (*visitors, visitors[0])] == [201] * 4
    assert _is_too_often(upload(visitors[1]))


def test_a_channels_address_and_its_test_are_called_so_often(strict: Running) -> None:
    admin = strict.set_up()
    given = {"name": "App", "kind": "api", "category_id": admin.get("/api/channel-categories").json()[0]["id"]}
    told = {"settings": {"url": "https://127.0.0.1"}, "secrets": {"secret": "of no use"}}
    channel = admin.post("/api/channels", json={**given, **told}).json()
    calls = [strict.client().post(f"/api/hooks/{channel['public_key']}", content=b"{}") for _ in range(4)]
    assert [one.status_code for one in calls[:3]] == [401] * 3
    assert _is_too_often(calls[3])
    tests = [admin.post(f"/api/channels/{channel['id']}/test") for _ in range(4)]
    assert [one.status_code for one in tests[:3]] == [200] * 3
    assert _is_too_often(tests[3])
