"""A web chat that begins with a form, over HTTP and over WebSocket."""

from typing import Any

import httpx

from helpline.channels.forms import BadAnswer, BadForm, FormMissing
from helpline.core import new_id
from helpline.webchat.actions import UnknownVisitor
from tests.listening import of_type, open_chat, say, until
from tests.running import Running

ABOUT = {"id": "about", "kind": "choice", "labels": {"en": "About?"}, "options": [{"en": "Returns"}, {"en": "Other"}]}
FORM = {
    "active": True,
    "intro": {"en": "Who are you?"},
    "questions": [
        {"id": "name", "kind": "name", "required": True},
        {"id": "email", "kind": "email", "required": True},
        {"id": "phone", "kind": "phone"},
        ABOUT,
    ],
}
SAID = {"name": "Amara Okafor", "email": "amara@post.example", "phone": "+44 7700 900321", "about": "Returns"}


def _with_form(running: Running) -> tuple[httpx.Client, str, str]:
    admin = running.set_up()
    channel = admin.get("/api/channels").json()[0]
    admin.patch(f"/api/channels/{channel['id']}", json={"form": FORM}).raise_for_status()
    key = channel["public_key"]
    return admin, key, str(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])


def _events(admin: httpx.Client, conversation_id: str) -> list[Any]:
    items = admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
    return [one["event"] for one in items if one["event"]]


def test_the_widget_is_told_what_to_ask(running: Running) -> None:
    admin, key, _ = _with_form(running)
    told = running.client().get(f"/api/webchat/{key}").json()
    assert [one["id"] for one in told["form"]["questions"]] == ["name", "email", "phone", "about"]
    channel = admin.get("/api/channels").json()[0]["id"]
    admin.patch(f"/api/channels/{channel}", json={"form": {**FORM, "active": False}}).raise_for_status()
    assert running.client().get(f"/api/webchat/{key}").json()["form"] is None


def test_the_answers_come_with_the_first_message_and_are_shown_to_agents_only(running: Running) -> None:
    admin, _key, token = _with_form(running)
    visitor = running.client(token)
    said = {"id": new_id(), "text": "My parcel is torn", "form": SAID}
    first, again = (visitor.post("/api/webchat/messages", json=said) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    conversation = admin.get(f"/api/conversations/{first.json()['conversation_id']}").json()
    assert conversation["contact_name"] == "Amara Okafor"
    form = next(event for event in _events(admin, conversation["id"]) if event["name"] == "form")
    assert [(one["kind"], one["label"], one["value"]) for one in form["answers"]] == [
        ("name", "", "Amara Okafor"),
        ("email", "", "amara@post.example"),
        ("phone", "", "+44 7700 900321"),
        ("choice", "About?", "Returns"),
    ]
    view = visitor.get("/api/webchat/conversation").json()
    assert [message["text"] for message in view["messages"] if message["by"] == "contact"] == ["My parcel is torn"]
    assert view["visitor"] == {"name": "Amara Okafor", "answered": ["email", "name", "phone"]}


def test_who_is_known_is_asked_only_what_is_new(running: Running) -> None:
    admin, _key, token = _with_form(running)
    visitor = running.client(token)
    visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "One", "form": SAID}).raise_for_status()
    visitor.post("/api/webchat/close").raise_for_status()
    said = {"id": new_id(), "text": "Two", "form": {"about": "Other"}}
    second = visitor.post("/api/webchat/messages", json=said).json()
    form = next(event for event in _events(admin, second["conversation_id"]) if event["name"] == "form")
    assert [(one["id"], one["value"]) for one in form["answers"]] == [("about", "Other")]
    # What the first conversation opened with is not asked again while it is open.
    assert visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "And"}).status_code == 201


def test_a_conversation_does_not_open_without_what_is_required(running: Running) -> None:
    _admin, _key, token = _with_form(running)
    visitor = running.client(token)
    for form, code, field in (
        ({}, FormMissing.code(), "form"),
        ({"name": "Amara"}, BadAnswer.code(), "form.email"),
        ({**SAID, "email": "amara"}, BadAnswer.code(), "form.email"),
        ({**SAID, "about": "Refunds"}, BadAnswer.code(), "form.about"),
    ):
        answer = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi", "form": form})
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)
    view = visitor.get("/api/webchat/conversation").json()
    assert (view["conversation"], view["visitor"]["answered"]) == (None, [])


def test_the_socket_takes_the_answers_too_and_refuses_by_the_message_s_id(running: Running) -> None:
    _admin, _key, token = _with_form(running)
    with open_chat(running, token) as (socket, snapshot):
        assert snapshot["visitor"] == {"name": "", "answered": []}
        id = new_id()
        say(socket, type="send", id=id, text="Hi")
        assert until(socket, of_type("error"))["code"] == FormMissing.code()
        say(socket, type="send", id=id, text="Hi", form=SAID)
        assert until(socket, of_type("ack"))["message"]["text"] == "Hi"


def test_a_form_that_nobody_could_fill_in_is_not_stored(running: Running) -> None:
    admin = running.set_up()
    channel = admin.get("/api/channels").json()[0]["id"]
    twice = {**FORM, "questions": [ABOUT, ABOUT]}
    refused = admin.patch(f"/api/channels/{channel}", json={"form": twice})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, BadForm.code(), "form")
    for shape in (
        {"active": True, "questions": [{"id": "UPPER", "kind": "name"}]},
        {"active": True, "questions": [{"id": "a", "kind": "nonsense"}]},
        {
            "active": True,
            "questions": [{"id": "a", "kind": "consent", "labels": {"en": "I agree"}, "url": "javascript:1"}],
        },
        {"active": True, "intro": {"not a language": "Hi"}},
        {"active": "perhaps"},
    ):
        assert admin.patch(f"/api/channels/{channel}", json={"form": shape}).status_code == 400, shape
    assert admin.get("/api/channels").json()[0]["form"]["active"] is False


def test_how_a_channel_looks_and_sounds_reaches_the_widget(running: Running) -> None:
    admin = running.set_up()
    channel = admin.get("/api/channels").json()[0]
    looks = {"launcher": "Chat with us", "position": "start", "sounds": False}
    texts = {"zh-TW": {"greeting": "您好！", "launcher": "線上客服"}}
    admin.patch(f"/api/channels/{channel['id']}", json={**looks, "texts": texts}).raise_for_status()
    told = running.client().get(f"/api/webchat/{channel['public_key']}").json()
    assert {name: told[name] for name in looks} == looks
    assert told["texts"] == texts


def test_a_visitor_of_another_installation_begins_anew(running: Running) -> None:
    admin = running.set_up()
    signer, state = running.app.state.signer, running.app.state
    channel = admin.get("/api/channels").json()[0]
    workspace = state.channels.workspace_of(channel["public_key"])
    stranger = running.client(signer.seal("visitor", w=workspace, v=new_id(), c=channel["id"]))
    answer = stranger.get("/api/webchat/conversation")
    assert (answer.status_code, answer.json()["code"]) == (401, UnknownVisitor.code())
