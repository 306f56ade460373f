"""LINE, Telegram and WhatsApp from the customer's phone to the agent and back, over HTTP and a real database."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.app.simulating_channels.provider import Fault
from helpline.app.simulating_channels.server import posting
from tests.listening import eventually

from .at_providers import At, at

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd4"
    "0000000049454e44ae426082"
)


PLAN = b"%PDF-1.4 plan"
META = ("messenger", "instagram")


@pytest.fixture
def whatsapp(settings: Settings) -> Iterator[At]:
    with at("whatsapp", settings, test_mode=True) as found:
        yield found


def test_a_question_is_answered_on_the_phone_it_came_from(line: At) -> None:
    ana = line.provider.meets("Ana García")
    line.writes(ana, "¿Dónde está mi pedido? 你好 👋")
    id = line.take()
    assert [one["text"] for one in line.messages(id)] == ["¿Dónde está mi pedido? 你好 👋"]
    sent = line.say(id, "En camino").json()
    eventually(lambda: "En camino" in ana.texts)
    line.comes_to(id, sent["id"], "sent")
    line.writes(ana, "Gracias")
    eventually(lambda: len(line.messages(id)) == 2)
    assert len(line.conversations()) == 1


def test_who_writes_is_called_as_at_the_provider(line: At) -> None:
    line.writes(line.provider.meets("Ana García"), "hola")
    (conversation,) = eventually(line.conversations)
    assert "Ana García" in str(conversation)


def test_a_name_that_cannot_be_had_holds_up_nobody(official: At) -> None:
    ana = official.provider.meets("Ana García")
    official.provider.token = "another"
    official.writes(ana, "hola")
    (conversation,) = eventually(official.conversations)
    assert ana.id in str(conversation)


def test_what_the_provider_did_not_send_is_refused(line: At) -> None:
    line.provider.says(line.provider.meets("Ana"), "hi")
    right, line.provider.secret = line.provider.secret, "guessed"
    assert line.deliver() == [401]
    assert line.conversations() == []
    line.provider.secret = right
    assert line.deliver() == [200]
    assert eventually(line.conversations)


def test_what_is_told_three_times_in_any_order_is_there_once(line: At) -> None:
    ana = line.provider.meets("Ana")
    texts = [f"Line {n}" for n in range(6)]
    for text in texts:
        line.provider.says(ana, text)
    chance = random.Random(5)
    assert set(line.deliver(times=3, chance=chance)) == {200}
    (conversation,) = eventually(line.conversations)
    eventually(lambda: len(line.messages(conversation["id"])) >= 6)
    assert set(line.provider.hooks.again(posting(line.program), chance)) == {200}
    line.writes(ana, "Last")
    eventually(lambda: "Last" in [one["text"] for one in line.messages(conversation["id"])])
    assert sorted(one["text"] for one in line.messages(conversation["id"])) == sorted([*texts, "Last"])
    assert len(line.conversations()) == 1


def test_a_burst_of_first_messages_of_one_person_is_one_conversation(line: At) -> None:
    ana = line.provider.meets("Ana")
    for n in range(20):
        line.provider.says(ana, f"Message {n}")
    line.provider.hooks.deliver(lambda url, sealed: 500)  # sealed, and not taken
    sealed = list(line.provider.hooks.told)

    def tell(one: Any) -> int:
        return posting(line.program)(line.provider.hooks.url, one)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tell, sealed)) == [200] * 20
    eventually(lambda: sum(len(line.messages(one["id"])) for one in line.conversations()) == 20)
    assert len(line.conversations()) == 1


def test_a_picture_comes_in_and_a_file_goes_out(line: At) -> None:
    ana = line.provider.meets("Ana")
    if line.kind == "line":
        line.provider.sends(ana, {"type": "image"}, PNG, "image/png")
    elif line.kind in META:
        line.provider.sends_file(ana, "image", PNG, "image/png")
    else:
        line.provider.sends_file(ana, "photo" if line.kind == "telegram" else "image", PNG, "image/png", caption="look")
    line.deliver()
    id = line.take()

    def picture() -> Any:
        files = [file for one in line.messages(id) for file in one["files"]]
        return next((file for file in files if file["state"] == "here" and file["size"] == len(PNG)), None)

    file = eventually(picture)
    assert file["media_type"].startswith("image/")
    assert line.program.get(file["url"]).content == PNG
    plan = ("plan.png", PNG, "image/png") if line.kind == "instagram" else ("plan.pdf", PLAN, "application/pdf")
    up = line.admin.post("/api/files", files={"file": plan}).json()
    sent = line.say(id, "The plan", file_ids=[up["id"]])
    assert sent.is_success, sent.text
    line.comes_to(id, sent.json()["id"], "sent")
    assert "The plan" in ana.texts
    if line.kind == "line":
        assert ana.texts[-1].startswith("plan.pdf\nhttps://desk.example/")
    elif line.kind in META:
        assert ana.received[-1].details["message"]["attachment"]["payload"]["url"].startswith("https://desk.example/")
    else:
        assert ana.received[-1].kind == "document"
        assert [kept.data for kept in line.provider.files.values()][-1] == PLAN


def test_a_message_whose_answer_was_lost_arrives_once(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    line.writes(
        ana, "and?"
    )  # LINE gives a reply token for it, by which it cannot tell a second message from a first either
    eventually(lambda: len(line.messages(id)) == 2)
    line.provider.faults.append(Fault(0, is_heard=True))
    sent = line.say(id, "Once").json()
    line.comes_to(id, sent["id"], "unknown")
    assert ana.texts.count("Once") == 1
    assert line.attempts(sent["id"])[0][0] in {"unknown", "failed"}


def test_a_push_whose_answer_was_lost_is_pushed_again_and_arrives_once(official: At) -> None:
    ana = official.provider.meets("Ana")
    id = official.greeted(ana)
    official.provider.faults.append(Fault(0, is_heard=True))
    sent = official.say(id, "Once").json()
    official.comes_to(id, sent["id"], "sent")
    assert ana.texts.count("Once") == 1


def test_the_reply_token_goes_first_and_what_follows_is_pushed(official: At) -> None:
    ana = official.provider.meets("Ana")
    official.writes(ana, "hi")
    id = official.take()
    for text in ("One", "Two"):
        sent = official.say(id, text).json()
        official.comes_to(id, sent["id"], "sent")
    used = [one.path.rpartition("/")[2] for one in official.provider.asked if one.method == "POST"]
    assert used[0] == "reply"
    assert used[-1] == "push"
    assert ana.texts[-2:] == ["One", "Two"]


def test_a_limit_that_the_provider_names_is_kept(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    telegram.writes(ana, "hi")
    id = telegram.take()
    telegram.provider.rate_per_chat.burst = 1
    messages = [telegram.say(id, f"No. {n}").json()["id"] for n in range(3)]
    for message in messages:
        telegram.comes_to(id, message, "sent", within=60)
    assert [one for one in ana.texts if one.startswith("No.")] == ["No. 0", "No. 1", "No. 2"]
    outcomes = [one for message in messages for one in telegram.attempts(message)]
    assert ("failed", "429") in outcomes


def test_who_blocked_the_bot_is_not_written_to(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    id = telegram.greeted(ana)
    ana.has_blocked = True
    sent = telegram.say(id, "Hello?").json()
    telegram.comes_to(id, sent["id"], "failed")
    ana.has_blocked = False
    telegram.provider.blocks(ana)
    telegram.deliver()
    eventually(lambda: telegram.say(id, "Hello?").status_code == 409)


def test_what_is_edited_and_reacted_to_is_shown_so(telegram: At) -> None:
    ana = telegram.provider.meets("Ana")
    message = telegram.writes(ana, "hola")
    id = telegram.take()
    sent = telegram.say(id, "Hello").json()
    telegram.comes_to(id, sent["id"], "sent")
    telegram.provider.edits(ana, message, "hola!")
    telegram.provider.reacts(ana, ana.received[-1].id, "👍")
    telegram.deliver()
    eventually(lambda: telegram.messages(id)[0]["text"] == "hola!")
    eventually(lambda: "👍" in str(telegram.messages(id, "agent")))


def test_what_is_taken_back_is_shown_so(official: At) -> None:
    ana = official.provider.meets("Ana")
    message = official.writes(ana, "oops")
    id = official.take()
    official.provider.unsends(ana, message)
    official.deliver()
    eventually(lambda: official.messages(id)[0]["text"] == "")


def test_what_becomes_of_a_message_is_shown_so(whatsapp: At) -> None:
    ana = whatsapp.provider.meets("Ana")
    whatsapp.writes(ana, "hola")
    id = whatsapp.take()
    sent = whatsapp.say(id, "Hola Ana").json()
    eventually(lambda: "Hola Ana" in ana.texts)
    whatsapp.deliver(times=2, chance=random.Random(3))
    whatsapp.comes_to(id, sent["id"], "delivered")
    whatsapp.provider.reads(ana)
    whatsapp.deliver()
    whatsapp.comes_to(id, sent["id"], "read")


def test_the_window_is_open_for_a_day_and_opened_again_by_the_contact(whatsapp: At) -> None:
    ana = whatsapp.provider.meets("Ana")
    whatsapp.writes(ana, "hola")
    id = whatsapp.take()
    assert whatsapp.say(id, "Hola").is_success
    ahead = timedelta(hours=24, minutes=1)
    whatsapp.provider.now = lambda: datetime.now(UTC) + ahead
    whatsapp.admin.put("/api/test/clock", json={"advance_seconds": ahead.total_seconds()})
    refused = whatsapp.say(id, "¿Sigues ahí?")
    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    whatsapp.writes(ana, "sí")
    eventually(lambda: whatsapp.say(id, "Bien").is_success)
    eventually(lambda: "Bien" in ana.texts)


def test_a_window_that_only_whatsapp_knows_to_be_closed_is_told_afterwards(whatsapp: At) -> None:
    ana = whatsapp.provider.meets("Ana")
    whatsapp.writes(ana, "hola")
    id = whatsapp.take()
    whatsapp.provider.now = lambda: datetime.now(UTC) + timedelta(hours=25)
    sent = whatsapp.say(id, "¿Sigues ahí?").json()
    whatsapp.comes_to(id, sent["id"], "sent")
    whatsapp.deliver()
    whatsapp.comes_to(id, sent["id"], "failed")
    assert "window_closed" in str(whatsapp.messages(id, "agent"))


def test_credentials_that_are_refused_make_the_channel_ill(line: At) -> None:
    ana = line.provider.meets("Ana")
    id = line.greeted(ana)
    token = line.provider.token
    line.provider.token = f"{token[:-1]}{'y' if token.endswith('x') else 'x'}"
    sent = line.say(id, "Hello").json()
    eventually(lambda: "failed" in [outcome for outcome, _ in line.attempts(sent["id"])])
    assert line.state(id, sent["id"]) == "queued"


def test_what_cannot_be_shown_stands_there_as_such(line: At) -> None:
    ana = line.provider.meets("Ana")
    strange: dict[str, dict[str, Any]] = {
        "line": {"type": "hologram"},
        "telegram": {"poll": {"id": "1", "question": "Well?"}},
        "whatsapp": {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}]},
        **{kind: {"attachments": [{"type": "hologram"}]} for kind in META},
    }
    line.provider.sends(ana, strange[line.kind])
    line.deliver()
    (conversation,) = eventually(line.conversations)
    (message,) = eventually(lambda: line.messages(conversation["id"]))
    assert message["text"] == ""
    assert {"telegram": "poll", "whatsapp": "unsupported"}.get(line.kind, "hologram") in str(message)


def test_a_text_message_is_answered_until_its_sender_says_stop(settings: Settings) -> None:
    with at("sms", settings) as sms:
        ana = sms.provider.meets("Ana")
        sms.provider.says(ana, "hola")
        assert set(sms.deliver(times=3)) == {200}
        id = sms.take()
        sent = sms.say(id, "Hola").json()
        sms.comes_to(id, sent["id"], "sent")
        sms.deliver(times=2, chance=random.Random(2))
        sms.comes_to(id, sent["id"], "delivered")
        sms.writes(ana, "STOP")
        eventually(lambda: sms.say(id, "¿Hola?").status_code == 409)
        assert [one["text"] for one in sms.messages(id)] == ["hola", "STOP"]
        assert ana.texts.count("Hola") == 1
        sms.writes(ana, "START")
        eventually(lambda: sms.say(id, "¿Hola?").is_success)


def test_instagram_takes_no_files_of_kinds_that_it_does_not_have(settings: Settings) -> None:
    with at("instagram", settings) as instagram:
        instagram.writes(instagram.provider.meets("Ana"), "hi")
        id = instagram.take()
        up = instagram.admin.post("/api/files", files={"file": ("plan.pdf", PLAN, "application/pdf")}).json()
        assert instagram.say(id, "The plan", file_ids=[up["id"]]).status_code == 422
