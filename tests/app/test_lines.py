"""A channel of one's own, from the first call of its program to the last report: the whole way, over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from helpline.app.lines import crew, rounds
from helpline.app.settings import Settings
from helpline.channels import Channel
from helpline.channels.events import ChannelSet
from helpline.core import Actor, Tx, new_id
from helpline.core.tokens import Signer, workspace_of
from helpline.outside.signing import secret_from, signed
from tests.listening import eventually
from tests.outside.listener import Asked, Listener
from tests.running import Running

SECRET = secret_from(b"a secret of the program, and long enough")


@dataclass
class Line:
    """A channel of one's own: what its program does, and what it hears."""

    running: Running
    admin: httpx.Client
    listener: Listener
    channel: dict[str, Any]
    said: list[dict[str, Any]] = field(default_factory=list)

    def call(self, *events: dict[str, Any], secret: str = SECRET) -> httpx.Response:
        """The program tells something."""
        body = json.dumps({"events": list(events)}).encode()
        path = self.channel["hook"].removeprefix(self.running.url)
        headers = signed(secret, f"msg_{new_id()}", datetime.now(UTC), body)
        return self.running.client().post(path, content=body, headers=headers)

    def write(self, address: str, text: str, **more: Any) -> httpx.Response:
        """A customer writes."""
        said = {"type": "message", "id": more.pop("id", new_id()), "from": {"address": address, "name": "Kim"}}
        return self.call({**said, "text": text, **more})

    def heard(self) -> list[dict[str, Any]]:
        """The messages that the program was given."""
        calls = [json.loads(body) for _, body in self.listener.heard]
        return [one["data"] for one in calls if one["type"] == "message"]

    def conversations(self) -> list[dict[str, Any]]:
        return self.admin.get("/api/conversations?view=all").json()["items"]

    def messages(self, conversation_id: str) -> list[dict[str, Any]]:
        found = self.admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
        return [one for one in found if one["kind"] != "event"]


@pytest.fixture
def line(settings: Settings) -> Iterator[Line]:
    """A running server with a channel of one's own, whose program takes all that it is given."""
    with (
        Listener(
            lambda asked: asked.say({"id": f"ext-{json.loads(asked.body).get('data', {}).get('id')}"})
        ) as listener,
        Running(replace_settings(settings, may_call="*")) as running,
    ):
        admin = running.set_up()
        category = admin.get("/api/channel-categories").json()[0]["id"]
        given = {"name": "Our app", "kind": "api", "category_id": category}
        given |= {"settings": {"url": listener.url}, "secrets": {"secret": SECRET}}
        made = admin.post("/api/channels", json=given)
        assert made.status_code == 201, made.text
        yield Line(running, admin, listener, made.json())


def replace_settings(settings: Settings, **changes: Any) -> Settings:
    """The settings with some changed."""
    import msgspec

    return msgspec.structs.replace(settings, **changes)


def take(line: Line) -> str:
    """The administrator takes the first conversation; its id."""
    conversation = eventually(line.conversations)[0]
    taken = line.admin.post(f"/api/conversations/{conversation['id']}/take")
    assert taken.status_code in {200, 201}, taken.text
    return str(conversation["id"])


def say(line: Line, conversation_id: str, text: str, **more: Any) -> httpx.Response:
    given = {"id": new_id(), "text": text, "anyway": True, **more}
    return line.admin.post(f"/api/conversations/{conversation_id}/messages", json=given)


def test_a_message_comes_in_is_answered_and_reported_read(line: Line) -> None:
    assert line.write("kim@app", "Where is my order?").status_code == 200
    id = take(line)
    assert [one["text"] for one in line.messages(id) if one["author"]["kind"] == "contact"] == ["Where is my order?"]
    sent = say(line, id, "On its way").json()
    assert sent["state"] == "queued"
    heard = eventually(lambda: [one for one in line.heard() if one["text"] == "On its way"])
    assert [one["to"] for one in heard] == ["kim@app"]
    eventually(lambda: state(line, id, sent["id"]) == "sent")
    line.call({"type": "status", "id": f"ext-{heard[0]['id']}", "state": "read"})
    eventually(lambda: state(line, id, sent["id"]) == "read")
    (delivery,) = line.admin.get(f"/api/messages/{sent['id']}/deliveries").json()
    assert (delivery["state"], [one["outcome"] for one in delivery["attempts"]]) == ("read", ["sent"])


def state(line: Line, conversation_id: str, message_id: str) -> str:
    return str(next(one["state"] for one in line.messages(conversation_id) if one["id"] == message_id))


def test_what_is_not_signed_is_refused_and_kept_nowhere(line: Line) -> None:
    said = {"type": "message", "id": "1", "from": {"address": "kim"}, "text": "Hello"}
    refused = line.call(said, secret=secret_from(b"somebody else's"))
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_signature")  # BadSignature
    unknown = line.running.client().post("/api/hooks/nobody", content=b"{}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_line")  # NoSuchLine
    webchat = next(one for one in line.admin.get("/api/channels").json() if one["kind"] == "webchat")
    assert line.running.client().post(f"/api/hooks/{webchat['public_key']}", content=b"{}").status_code == 404
    assert line.running.client().get(f"/api/hooks/{line.channel['public_key']}").status_code == 401
    line.write("lee", "This one is signed")
    assert [one["contact_name"] for one in eventually(line.conversations)] == ["Kim"]
    assert contact_texts(line, line.conversations()[0]["id"]) == ["This one is signed"]


def test_a_channel_that_is_switched_off_takes_nothing_and_says_so(line: Line) -> None:
    address = f"/api/channels/{line.channel['id']}"
    assert line.admin.patch(address, json={"active": False}).status_code == 200
    refused = line.write("kim", "Hello")
    assert (refused.status_code, refused.json()["code"]) == (404, "no_such_line")
    assert line.admin.patch(address, json={"active": True}).status_code == 200
    assert line.write("kim", "Hello").status_code == 200
    assert eventually(line.conversations)


def test_a_file_that_could_not_be_fetched_from_us_is_not_sent_as_if_it_could(line: Line) -> None:
    line.write("kim", "Hello")
    id = take(line)
    file = line.admin.post("/api/files", files={"file": ("note.txt", b"hello")}).json()["id"]
    sent = say(line, id, "", file_ids=[file]).json()
    eventually(lambda: state(line, id, sent["id"]) == "failed")
    failed = next(one for one in line.messages(id) if one["id"] == sent["id"])
    assert failed["details"]["failure"]["detail"] == "no_own_address"


def test_what_is_delivered_three_times_in_any_order_is_there_once(line: Line) -> None:
    first = [{"type": "message", "id": f"m{n}", "from": {"address": "kim"}, "text": f"Line {n}"} for n in range(4)]
    for said in (*first, *reversed(first), *first):
        assert line.call(said).status_code == 200
    (conversation,) = eventually(line.conversations)
    eventually(lambda: len(contact_texts(line, conversation["id"])) >= 4)
    line.write("kim", "Last")
    eventually(lambda: "Last" in contact_texts(line, conversation["id"]))
    assert contact_texts(line, conversation["id"]) == ["Line 0", "Line 1", "Line 2", "Line 3", "Last"]


def test_a_burst_of_first_messages_of_one_person_is_one_conversation(line: Line) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: line.write("kim", f"Message {n}").status_code, range(20)))
    assert answers == [200] * 20
    eventually(lambda: sum(len(contact_texts(line, one["id"])) for one in line.conversations()) == 20)
    assert len(line.conversations()) == 1


def test_what_makes_no_sense_waits_in_quarantine_and_holds_nothing_up(line: Line) -> None:
    assert line.call({"type": "message", "id": "1", "text": "from nobody"}).status_code == 200
    assert line.write("kim", "Hello").status_code == 200
    assert eventually(line.conversations)
    (waiting,) = eventually(lambda: line.admin.get("/api/quarantine").json()["items"])
    assert "from" in waiting["error"]
    whole = line.admin.get(f"/api/quarantine/{waiting['id']}").json()
    assert "from nobody" in whole["text"]
    assert "authorization" not in whole["headers"]
    assert line.admin.post(f"/api/quarantine/{waiting['id']}/release").status_code == 200
    eventually(lambda: [one["attempts"] for one in line.admin.get("/api/quarantine").json()["items"]] == [1])
    assert line.admin.post(f"/api/quarantine/{waiting['id']}/dismiss").status_code == 200
    again = line.admin.post(f"/api/quarantine/{waiting['id']}/dismiss")
    assert (again.status_code, again.json()["code"]) == (409, "not_in_quarantine")  # NotInQuarantine
    assert line.admin.get("/api/quarantine").json()["items"] == []


def test_a_failure_that_passes_is_tried_again_with_the_same_key(line: Line) -> None:
    answers = iter([(503, {"retry-after": "0"}), (429, {}), (200, {})])

    def answer(asked: Asked) -> None:
        status, headers = next(answers, (200, {})) if b"Hi Kim" in asked.body else (200, {})
        asked.say({}, status, **headers)

    line.write("kim", "Hello")
    id = take(line)
    line.listener.answering = answer
    sent = say(line, id, "Hi Kim").json()
    eventually(lambda: state(line, id, sent["id"]) == "sent")
    keys = [one["id"] for one in line.heard() if one["text"] == "Hi Kim"]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    (delivery,) = line.admin.get(f"/api/messages/{sent['id']}/deliveries").json()
    assert [one["outcome"] for one in delivery["attempts"]] == ["failed", "failed", "sent"]
    assert [one["code"] for one in delivery["attempts"]] == ["HTTP 503", "HTTP 429", ""]


def test_what_is_refused_for_good_says_why_and_can_be_sent_again_by_hand(line: Line) -> None:
    line.write("kim", "Hello")
    id = take(line)
    line.listener.answering = lambda asked: asked.say({"error": "no such customer"}, 404)
    sent = say(line, id, "Hi Kim").json()
    eventually(lambda: state(line, id, sent["id"]) == "failed")
    failed = next(one for one in line.messages(id) if one["id"] == sent["id"])
    assert failed["details"]["failure"]["kind"] == "permanent"
    assert "no such customer" in failed["details"]["failure"]["detail"]
    line.listener.answering = lambda asked: asked.say({})
    assert line.admin.post(f"/api/messages/{sent['id']}/retry").status_code == 200
    eventually(lambda: state(line, id, sent["id"]) == "sent")
    nothing = line.admin.post(f"/api/messages/{sent['id']}/retry")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_retry")


def test_refused_credentials_are_seen_on_the_channel_until_it_works_again(line: Line) -> None:
    line.write("kim", "Hello")
    id = take(line)
    # What is said by itself would meet the refusal too, and tell of it when it is over.
    eventually(lambda: not any(one["state"] in {"queued", "sending"} for one in line.messages(id)))
    line.listener.answering = lambda asked: asked.say({"error": "who are you"}, 401)
    told = line.admin.post(f"/api/channels/{line.channel['id']}/test").json()
    assert (told["ok"], "who are you" in told["detail"]) == (False, True)
    assert channel(line)["health"]["ok"] is False
    line.listener.answering = lambda asked: asked.say({})
    assert line.admin.post(f"/api/channels/{line.channel['id']}/test").json()["ok"] is True
    assert channel(line)["health"]["ok"] is True


def test_messages_of_a_conversation_go_out_in_order_also_when_one_has_to_wait(line: Line) -> None:
    line.write("kim", "Hello")
    id = take(line)
    first = iter([503])
    line.listener.answering = lambda asked: asked.say({}, next(first, 200) if b"Part 0" in asked.body else 200)
    sent = [say(line, id, f"Part {n}").json() for n in range(5)]
    eventually(lambda: state(line, id, sent[-1]["id"]) == "sent")
    told = [one["text"] for one in line.heard() if one["text"].startswith("Part")]
    assert told == ["Part 0", "Part 0", "Part 1", "Part 2", "Part 3", "Part 4"]


def test_an_edit_a_sign_and_a_message_taken_back_are_shown_and_what_stood_there_is_kept(line: Line) -> None:
    line.write("kim", "I want two", id="m1")
    (conversation,) = eventually(line.conversations)
    line.call({"type": "edit", "id": "m1", "from": {"address": "kim"}, "text": "I want three"})
    line.call({"type": "reaction", "id": "m1", "from": {"address": "kim"}, "emoji": "👍"})
    eventually(lambda: "👍" in json.dumps(line.messages(conversation["id"]), ensure_ascii=False))
    (said,) = [one for one in line.messages(conversation["id"]) if one["author"]["kind"] == "contact"]
    assert said["text"] == "I want three"
    assert [one["text"] for one in said["details"]["versions"]] == ["I want two"]
    assert line.conversations()[0]["last_text"] == "I want three"
    line.call({"type": "delete", "id": "m1"})
    eventually(lambda: contact_texts(line, conversation["id"]) == [""])


def test_who_opted_out_is_not_written_to_until_they_take_it_back(line: Line) -> None:
    line.write("kim", "Hello")
    id = take(line)
    line.call({"type": "subscription", "from": {"address": "kim"}, "active": False})
    refused = eventually(lambda: (said := say(line, id, "Hi")).status_code == 409 and said)
    assert refused.json()["code"] == "contact_unreachable"
    line.write("kim", "I said stop")
    eventually(lambda: "I said stop" in contact_texts(line, id))
    assert say(line, id, "Sorry").status_code == 409
    line.call({"type": "subscription", "from": {"address": "kim"}, "active": True})
    eventually(lambda: say(line, id, "Hi again").status_code == 201)


def test_a_file_is_fetched_after_its_message_and_one_that_cannot_be_says_so(line: Line) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 100

    with Listener(
        lambda asked: asked.say(png if asked.path == "/there.png" else {}, 200 if "there" in asked.path else 404)
    ) as files:
        base = files.url.removesuffix("/assign")
        given = [{"url": f"{base}/there.png", "name": "a.png"}, {"url": f"{base}/gone.png", "name": "b.png"}]
        line.write("kim", "", files=given)
        (conversation,) = eventually(line.conversations)
        eventually(
            lambda: [one["state"] for one in of_contact(line, conversation["id"])["files"]] == ["here", "missing"]
        )
    here = of_contact(line, conversation["id"])["files"][0]
    assert (here["image"], here["size"]) == (True, len(png))
    assert line.running.client().get(here["url"]).content == png


def of_contact(line: Line, conversation_id: str) -> dict[str, Any]:
    return next(one for one in line.messages(conversation_id) if one["author"]["kind"] == "contact")


def contact_texts(line: Line, conversation_id: str) -> list[str]:
    return [one["text"] for one in line.messages(conversation_id) if one["author"]["kind"] == "contact"]


def channel(line: Line) -> dict[str, Any]:
    return next(one for one in line.admin.get("/api/channels").json() if one["id"] == line.channel["id"])


def test_what_is_told_in_disorder_waits_for_what_it_is_about_and_holds_nothing_up(line: Line) -> None:
    kim = {"address": "kim@app", "name": "Kim"}
    assert line.call({"type": "edit", "id": "m1", "from": kim, "text": "umbrella"}).status_code == 200
    assert line.call({"type": "delete", "id": "of another time"}).status_code == 200
    assert line.write("kim@app", "Where is my order?").status_code == 200
    (conversation,) = eventually(line.conversations)
    assert line.write("kim@app", "raincoat", id="m1").status_code == 200
    eventually(lambda: "umbrella" in [one["text"] for one in line.messages(conversation["id"])])
    assert line.admin.get("/api/quarantine").json()["items"] == []


def test_secrets_that_were_locked_elsewhere_are_said_on_the_channel_and_filled_in_anew_all_goes_on(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "UNREADABLE", 0.05)
    line.write("kim", "Hello")
    id = take(line)
    units, home = line.running.app.state.units, Actor.system(str(workspace_of(line.channel["public_key"])))

    def lock_elsewhere(tx: Tx) -> None:
        tx.get(Channel, line.channel["id"]).sealed = {
            "secret": Signer("another").lock(SECRET, tx.workspace_id, "secret")
        }
        tx.emit(ChannelSet(id=line.channel["id"], fields=["sealed"]))

    units.run_now(home, lock_elsewhere)
    sent = say(line, id, "On its way").json()
    eventually(lambda: (channel(line)["health"] or {"ok": True})["ok"] is False)
    assert "fill it in anew" in channel(line)["health"]["detail"]
    assert state(line, id, sent["id"]) == "queued"
    given = {"secrets": {"secret": SECRET}}
    assert line.admin.patch(f"/api/channels/{line.channel['id']}", json=given).is_success
    eventually(lambda: state(line, id, sent["id"]) == "sent")
    assert channel(line)["health"]["ok"] is True


def test_a_secret_that_was_changed_at_the_provider_is_seen_by_the_calls_that_are_turned_away(line: Line) -> None:
    said = {"type": "message", "id": "1", "from": {"address": "kim"}, "text": "Hello"}
    assert line.call(said, secret=secret_from(b"the provider's new one")).status_code == 401
    health = channel(line)["health"]
    assert (health["ok"], health["detail"]) == (False, "calls_refused")
    assert line.call(said).status_code == 200
    eventually(lambda: channel(line)["health"]["ok"])


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """How channels stand is looked at again and again."""
    monkeypatch.setattr(rounds, "EVERY", 0.05)


def test_now_and_then_it_is_looked_whether_a_provider_still_lets_us_in(often: None, line: Line) -> None:
    eventually(lambda: (channel(line)["health"] or {"ok": False})["ok"])
    line.listener.answering = lambda asked: asked.say({}, 401)
    eventually(lambda: not channel(line)["health"]["ok"])
    line.listener.answering = lambda asked: asked.say({})
    eventually(lambda: channel(line)["health"]["ok"])


def test_a_secret_is_kept_nowhere_by_whatever_name_it_comes(line: Line) -> None:
    settings = {
        "provider": "http",
        "number": "+886900000000",
        "send_url": line.listener.url,
        "hook_header": "X-Hook-Auth",
    }
    given = {"name": "Texts", "kind": "sms", "category_id": line.channel["category_id"], "settings": settings}
    made = line.admin.post("/api/channels", json=given | {"secrets": {"auth_value": "t", "hook_secret": "open sesame"}})
    hook = made.json()["hook"].removeprefix(line.running.url)
    headers = {"x-hook-auth": "open sesame", "x-other": "harmless"}
    assert line.running.client().post(hook, content=b"{}", headers=headers).status_code == 200
    (payload,) = eventually(lambda: line.admin.get("/api/quarantine").json()["items"])
    kept = line.admin.get(f"/api/quarantine/{payload['id']}").json()["headers"]
    assert kept["x-other"] == "harmless"
    assert "open sesame" not in kept.values()
