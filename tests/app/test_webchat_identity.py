"""Who a visitor is, as the site says: vouched for by its signature, or only claimed."""

from typing import Any

import httpx

from helpline.core import new_id
from helpline.webchat.introducing import AnotherPerson, BadSignature, sign
from helpline.webchat.shapes import IdentityIn
from tests.app.test_webchat_form import FORM
from tests.running import Running

AMARA = {"id": "customer-17", "name": "Amara Okafor", "email": "amara@post.example"}


class Site:
    """A site with a web chat, and the back end that knows the secret."""

    def __init__(self, running: Running) -> None:
        self.running, self.admin = running, running.set_up()
        self.channel: dict[str, Any] = self.admin.get("/api/channels").json()[0]
        self.address = f"/api/channels/{self.channel['id']}/secret"
        self.secret = self.admin.get(self.address).json()["secret"]

    def visitor(self) -> httpx.Client:
        entered = self.running.client().post(f"/api/webchat/{self.channel['public_key']}/visitors", json={})
        return self.running.client(entered.json()["token"])

    def signed(self, **identity: str) -> dict[str, str]:
        return {**identity, "signature": sign(self.secret, IdentityIn(**identity))}

    def conversation(self, visitor: httpx.Client) -> dict[str, Any]:
        said = visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Hello"})
        found: dict[str, Any] = self.admin.get(f"/api/conversations/{said.json()['conversation_id']}").json()
        return found

    def introduced(self, conversation_id: str) -> list[dict[str, Any]]:
        items = self.admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
        return [one["event"] for one in items if one["event"] and one["event"]["name"] == "introduced"]


def test_who_is_vouched_for_is_the_same_contact_in_every_browser(running: Running) -> None:
    site = Site(running)
    conversations = []
    for _ in range(2):
        visitor = site.visitor()
        told = visitor.post("/api/webchat/identity", json=site.signed(**AMARA))
        assert (told.status_code, told.json()["visitor"]["name"]) == (200, "Amara Okafor")
        conversations.append(site.conversation(visitor))
    first, second = conversations
    assert first["contact_id"] == second["contact_id"] is not None
    assert first["contact_name"] == "Amara Okafor"
    contact = site.admin.get(f"/api/contacts/{first['contact_id']}").json()
    assert (contact["name"], contact["email"]) == ("Amara Okafor", "amara@post.example")
    (event,) = site.introduced(first["id"])
    assert event["verified"] is True
    assert [one["value"] for one in event["answers"]] == ["Amara Okafor", "amara@post.example"]


def test_what_is_only_claimed_makes_no_contact_and_is_told_as_such(running: Running) -> None:
    site = Site(running)
    visitor = site.visitor()
    visitor.post("/api/webchat/identity", json=AMARA).raise_for_status()
    conversation = site.conversation(visitor)
    assert (conversation["contact_id"], conversation["contact_name"]) == (None, "Amara Okafor")
    (event,) = site.introduced(conversation["id"])
    assert event["verified"] is False


def test_an_open_conversation_learns_who_it_is_with(running: Running) -> None:
    site = Site(running)
    visitor = site.visitor()
    before = site.conversation(visitor)
    for _ in range(2):
        visitor.post("/api/webchat/identity", json=site.signed(**AMARA)).raise_for_status()
    now = site.admin.get(f"/api/conversations/{before['id']}").json()
    assert (before["contact_id"], now["contact_name"]) == (None, "Amara Okafor")
    assert now["contact_id"] is not None
    assert len(site.introduced(before["id"])) == 1


def test_a_signature_that_is_wrong_is_refused(running: Running) -> None:
    site = Site(running)
    visitor, good = site.visitor(), site.signed(**AMARA)
    for bad in (
        {**good, "id": "customer-18"},
        {**good, "email": "else@post.example"},
        {**good, "name": "Else"},
        {**good, "signature": "0" * 64},
        {**good, "signature": "é"},
        site.signed(name="Nobody"),
    ):
        answer = visitor.post("/api/webchat/identity", json=bad)
        assert (answer.status_code, answer.json()["code"]) == (403, BadSignature.code()), bad
    assert site.conversation(visitor)["contact_id"] is None


def test_a_replaced_secret_ends_the_old_signatures(running: Running) -> None:
    site = Site(running)
    old = site.signed(**AMARA)
    site.secret = site.admin.post(site.address).json()["secret"]
    assert site.secret == site.admin.get(site.address).json()["secret"]
    visitor = site.visitor()
    assert visitor.post("/api/webchat/identity", json=old).json()["code"] == BadSignature.code()
    assert visitor.post("/api/webchat/identity", json=site.signed(**AMARA)).status_code == 200


def test_nobody_takes_over_what_another_person_wrote(running: Running) -> None:
    site = Site(running)
    visitor = site.visitor()
    visitor.post("/api/webchat/identity", json=site.signed(**AMARA)).raise_for_status()
    for other in (site.signed(id="customer-18", name="Bo"), {"id": "customer-18", "name": "Bo"}, {"name": "Bo"}):
        answer = visitor.post("/api/webchat/identity", json=other)
        assert (answer.status_code, answer.json()["code"]) == (409, AnotherPerson.code())


def test_a_mere_claim_takes_nothing_from_who_is_vouched_for(running: Running) -> None:
    site = Site(running)
    visitor = site.visitor()
    visitor.post("/api/webchat/identity", json=site.signed(**AMARA)).raise_for_status()
    claimed = visitor.post("/api/webchat/identity", json={**AMARA, "name": "Mallory"})
    assert (claimed.status_code, claimed.json()["visitor"]["name"]) == (200, AMARA["name"])
    other = visitor.post("/api/webchat/identity", json=site.signed(id="customer-18", name="Bo"))
    assert (other.status_code, other.json()["code"]) == (409, AnotherPerson.code())


def test_who_is_introduced_is_not_asked_for_it(running: Running) -> None:
    site = Site(running)
    site.admin.patch(f"/api/channels/{site.channel['id']}", json={"form": FORM}).raise_for_status()
    visitor = site.visitor()
    told = visitor.post("/api/webchat/identity", json=site.signed(**AMARA)).json()
    assert told["visitor"]["answered"] == ["email", "name"]
    assert site.conversation(visitor)["contact_name"] == "Amara Okafor"
