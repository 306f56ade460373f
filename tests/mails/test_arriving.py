"""Mails come in: each once, in the conversation where it belongs, for whoever may."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.files.rules import LARGEST
from tests.channels.email.raw import parts, raw
from tests.listening import eventually

from .lines import Desk, desk


@pytest.fixture
def shop(settings: Settings) -> Iterator[Desk]:
    with desk(settings) as one:
        yield one


def _second(text: str = "And the shade too", **headers: str | None) -> bytes:
    given = {"message_id": "<second.1@post.example>", "in_reply_to": "<first.1@post.example>", "subject": "Re: My lamp"}
    return raw(text, **(given | headers))  # type: ignore[arg-type]


def test_a_mail_opens_a_conversation_and_the_next_goes_on_with_it(shop: Desk) -> None:
    assert shop.put(raw("My lamp is broken")).status_code == 200
    (conversation,) = eventually(shop.conversations)
    assert conversation["channel_kind"] == "email"
    assert conversation["contact_name"] == "Amara Diallo"
    shop.put(_second("And the shade too\n\nOn 27 Nov 2026, Shop wrote:\n> Hello"))
    first, second = eventually(lambda: len(said := shop.said(conversation["id"])) == 2 and said)
    assert (first["text"], second["text"]) == ("My lamp is broken", "And the shade too")
    assert first["details"]["mail"]["subject"] == "My lamp"
    assert "> Hello" in shop.mail(second["id"])["text"]
    assert len(shop.conversations()) == 1


def test_the_same_mail_is_one_message_however_often_it_comes_and_by_whatever_mailbox(shop: Desk) -> None:
    other = shop.open("sales@shop.example")
    for address in ("support@shop.example", "sales@shop.example", "support@shop.example"):
        shop.put(b"Received: by " + address.encode() + b"\r\n" + raw("Hello"), address)
    (conversation,) = eventually(shop.conversations)
    (message,) = eventually(lambda: shop.said(conversation["id"]))
    eventually(lambda: len(shop.mail(message["id"])["channel_ids"]) == 2)
    assert set(shop.mail(message["id"])["channel_ids"]) == {other["id"], shop.channels["support@shop.example"]["id"]}
    assert len(shop.conversations()) == 1


def test_another_mail_under_an_id_that_was_used_is_not_lost(shop: Desk) -> None:
    shop.put(raw("Hello"))
    shop.put(raw("Something else", subject="Another"))
    shop.put(parts(("Content-Type: text/plain", b"Hello"), ("Content-Type: image/png", b"\x89PNG one")))
    shop.put(parts(("Content-Type: text/plain", b"Hello"), ("Content-Type: image/png", b"\x89PNG two")))
    conversations = eventually(lambda: len(found := shop.conversations()) == 4 and found)
    said = sorted((one["text"], len(one["files"])) for c in conversations for one in shop.said(c["id"]))
    assert said == [("Hello", 0), ("Hello", 1), ("Hello", 1), ("Something else", 0)]


def test_a_stranger_who_answers_gets_a_conversation_of_their_own_with_a_hint(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (first,) = eventually(shop.conversations)
    shop.put(_second("Tell me more", **{"from": "Mallory <mallory@evil.example>"}))
    _, own = eventually(lambda: len(found := shop.conversations()) == 2 and found)
    assert own["contact_name"] == "Mallory"
    hints = [event for event in shop.events(own["id"]) if event["name"] == "mail_points_at"]
    assert [(one["other_id"], one.get("settled", "")) for one in hints] == [(first["id"], "")]
    assert [one["text"] for one in shop.said(first["id"])] == ["My lamp is broken"]


def test_whoever_had_a_copy_takes_part(shop: Desk) -> None:
    shop.put(raw("My lamp is broken", cc="Bo <bo@post.example>"))
    (conversation,) = eventually(shop.conversations)
    shop.put(_second("It is also loud", **{"from": "Bo <bo@post.example>"}))
    _, second = eventually(lambda: len(said := shop.said(conversation["id"])) == 2 and said)
    assert (second["text"], second["author"]["name"]) == ("It is also loud", "Bo")


def test_whoever_answers_what_is_closed_is_followed_up(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (first,) = eventually(shop.conversations)
    shop.take(first["id"])
    shop.close(first["id"])
    shop.put(_second("It broke again"))
    second = eventually(lambda: next((one for one in shop.conversations() if one["id"] != first["id"]), None))
    assert second["previous_id"] == first["id"]
    shop.put(_second("Hello?", message_id="<third.1@post.example>"))
    said = eventually(lambda: len(found := shop.said(second["id"])) == 2 and found)
    assert [one["text"] for one in said] == ["It broke again", "Hello?"]


def test_a_mail_without_an_id_is_one_mail(shop: Desk) -> None:
    for subject in ("One", "Two", "One"):
        shop.put(raw("Hello", message_id=None, subject=subject, references="<>"))
    eventually(lambda: len(shop.conversations()) == 2)
    shop.put(raw("End", message_id="<end.1@post.example>"))
    eventually(lambda: len(shop.conversations()) == 3)


def test_what_came_along_is_there_and_html_is_harmless(shop: Desk) -> None:
    html = b'<p>See <img src="cid:pic@1"><img src="https://far.example/x.png"><script>evil()</script></p>'
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    shop.put(
        parts(
            ("Content-Type: text/html; charset=utf-8", html),
            ("Content-Type: image/png\r\nContent-ID: <pic@1>\r\nContent-Disposition: inline; filename=pic.png", png),
            ("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=bill.pdf", b"%PDF-1.4"),
        )
    )
    (conversation,) = eventually(shop.conversations)
    (message,) = eventually(lambda: shop.said(conversation["id"]))
    assert [file["name"] for file in message["files"]] == ["bill.pdf"]
    assert shop.running.client().get(message["files"][0]["url"]).content == b"%PDF-1.4"
    plain, with_images = shop.mail(message["id"]), shop.mail(message["id"], images=True)
    assert plain["remote"] == 1
    assert "far.example" not in plain["html"]
    assert "far.example" in with_images["html"]
    assert "evil" not in with_images["html"]
    address = plain["html"].partition('src="')[2].partition('"')[0]
    assert shop.running.client().get(address).content == png


def test_what_cannot_be_read_waits_in_quarantine_and_holds_nothing_up(shop: Desk) -> None:
    shop.put(b"this is no mail")
    shop.put(raw("From nobody", **{"from": None}, message_id="<nobody.1@post.example>"))  # type: ignore[arg-type]
    shop.put(raw("My lamp is broken"))
    eventually(shop.conversations)
    waiting = eventually(lambda: len(found := shop.quarantine()) == 2 and found)
    assert sorted(one["error"] for one in waiting) == [
        "This does not begin like a mail.",
        "This mail does not say who it is from.",
    ]


def test_a_report_about_nothing_of_ours_waits_in_quarantine(shop: Desk) -> None:
    text = "Your mail could not be delivered to <kim@post.example>: 550 5.1.1 unknown"
    shop.put(raw(text, subject="Mail delivery failed", return_path="<>"))
    (waiting,) = eventually(shop.quarantine)
    assert "report_of_nothing" in waiting["error"]  # ReportOfNothing


def test_only_who_knows_the_secret_puts_mails_in(shop: Desk) -> None:
    assert shop.put(raw(), secret="wrong").status_code == 401
    assert shop.conversations() == []


def test_there_is_no_mail_behind_what_was_not_one(shop: Desk) -> None:
    assert shop.admin.get("/api/messages/nothing/mail").status_code == 404
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    everything = shop.admin.get(f"/api/conversations/{conversation['id']}/messages").json()["items"]
    event = next(one["id"] for one in everything if one["kind"] == "event")
    none = shop.admin.get(f"/api/messages/{event}/mail")
    assert (none.status_code, none.json()["code"]) == (409, "not_a_mail")  # NotAMail
    channel = shop.channels["support@shop.example"]["id"]
    refused = shop.admin.post(f"/api/channels/{channel}/backfill", json={"day": "2026-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_mailbox")  # NoMailbox
    assert shop.admin.get(f"/api/channels/{channel}/mail-folders").json() == []


REPORT = "Your mail could not be delivered to <amara@post.example>: 550 5.1.1 unknown"


def _report(id: str, about: str, text: str = REPORT) -> bytes:
    text = f"{text}\n\nMessage-ID: <{about}>"
    return raw(text, subject="Mail delivery failed", return_path="<>", message_id=f"<{id}@post.example>")


def _answered(shop: Desk, id: str) -> str:
    """Our id of the mail that an answer became."""
    shop.answer(id, "Which one?")
    return str(shop.said(id)[-1]["details"]["mail"]["id"])


def _end(shop: Desk, id: str = "end.1") -> None:
    """All that was put in before is dealt with when this is: a mailbox is worked off in order."""
    shop.put(raw(f"End {id}", message_id=f"<{id}@post.example>", subject=f"End {id}"))
    eventually(lambda: any(f"End {id}" in repr(one) for one in shop.conversations()))


def test_what_makes_no_sense_waits_once_however_often_it_comes(shop: Desk) -> None:
    for _ in range(2):
        shop.put(b"this is no mail")
    _end(shop)
    (waiting,) = shop.quarantine()
    assert shop.admin.post(f"/api/quarantine/{waiting['id']}/release").status_code == 200
    (waiting,) = eventually(shop.quarantine)
    assert shop.admin.post(f"/api/quarantine/{waiting['id']}/dismiss").status_code == 200
    shop.put(b"this is no mail")
    shop.put(b"this is none either")
    _end(shop, "end.2")
    (other,) = shop.quarantine()
    assert other["id"] != waiting["id"]


def test_a_report_that_comes_again_tells_nothing_new(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    about = _answered(shop, conversation["id"])
    for id in ("one.report", "one.report", "two.report"):
        shop.put(_report(id, about))
    shop.put(_report("two.report", about, REPORT.replace("5.1.1", "5.2.2")))  # somebody else's words under its id
    _end(shop)
    told = [event["detail"] for event in shop.events(conversation["id"]) if event["name"] == "mail_returned"]
    assert [detail.partition(" ")[0] for detail in told] == ["5.1.1", "5.1.1", "5.2.2"]
    assert shop.quarantine() == []


def test_an_answer_has_no_copy_for_another_mailbox_of_ours(shop: Desk) -> None:
    shop.open("sales@shop.example", aliases=["orders@shop.example"])
    to = "support@shop.example, Sales@shop.example, orders@shop.example, bo@post.example"
    shop.put(raw("My lamp is broken", to=to))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    shop.answer(conversation["id"], "Which one?")
    assert shop.said(conversation["id"])[-1]["details"]["mail"]["cc"] == ["bo@post.example"]


def test_a_mail_of_ours_that_comes_home_by_another_mailbox_is_no_new_one(shop: Desk) -> None:
    other = shop.open("sales@shop.example")
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    shop.answer(conversation["id"], "Which one?")
    sent = shop.said(conversation["id"])[-1]
    ours = {
        "message_id": f"<{sent['details']['mail']['id']}>",
        "to": "amara@post.example",
        "from": "support@shop.example",
    }
    shop.put(raw("Which one?\n\n> My lamp is broken", **ours), "sales@shop.example")
    eventually(lambda: shop.mail(sent["id"])["channel_ids"] == [other["id"]])
    shop.put(raw("Send me your password", **ours), "sales@shop.example")  # under its id, and not what we said
    eventually(lambda: len(shop.conversations()) == 2)


def test_a_mail_that_comes_by_two_mailboxes_at_once_is_one(shop: Desk) -> None:
    shop.open("sales@shop.example")
    mails = [raw(f"Mail {n}", message_id=f"<both.{n}@post.example>") for n in range(20)]
    with ThreadPoolExecutor(8) as at_once:
        put = [at_once.submit(shop.put, mail, address) for mail in mails for address in shop.channels]
        assert {one.result().status_code for one in put} == {200}
    conversations = eventually(lambda: len(found := shop.conversations()) == len(mails) and found)
    said = [shop.said(one["id"]) for one in conversations]
    assert sorted(one["text"] for (one,) in said) == sorted(f"Mail {n}" for n in range(20))
    both = {one["id"] for one in shop.channels.values()}
    eventually(lambda: all(set(shop.mail(one["id"])["channel_ids"]) == both for (one,) in said))


def test_of_a_mail_that_is_here_already_no_files_are_left(shop: Desk) -> None:
    mail = parts(("Content-Type: text/plain", b"See"), ("Content-Type: image/png", b"\x89PNG"))
    for _ in range(3):
        shop.put(mail)
    _end(shop)
    kept = [file for file in (shop.running.settings.data / "files").rglob("*") if file.is_file()]
    assert len(kept) == 1


def test_nobody_becomes_somebody_else_by_what_a_header_says(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    eventually(shop.conversations)
    mallory = {"from": "Mallory <mallory@evil.example>", "message_id": "<mallory.1@evil.example>"}
    shop.put(raw("Refund me", x_original_sender="amara@post.example", list_id="<a.evil.example>", **mallory))
    amara, other = eventually(lambda: len(found := shop.conversations()) == 2 and found)
    assert other["contact_point_id"] != amara["contact_point_id"]
    assert (amara["contact_name"], other["contact_name"]) == ("Amara Diallo", "Mallory")


def test_what_a_group_of_ours_passes_on_is_of_who_wrote_it(shop: Desk) -> None:
    group = {"from": "'Amara' via Support <support@shop.example>", "x_original_sender": "amara@post.example"}
    shop.put(raw("My lamp is broken", **group))
    (conversation,) = eventually(shop.conversations)
    assert shop.admin.get(f"/api/conversations/{conversation['id']}/next-mail").json()["to"] == ["amara@post.example"]


STATUS = b"Reporting-MTA: dns; post.example\r\n\r\nFinal-Recipient: rfc822; amara@post.example\r\nAction: failed\r\nStatus: 5.1.1"


def _standard(*about: tuple[str, bytes], id: str = "standard.1") -> bytes:
    status = ("Content-Type: message/delivery-status", STATUS)
    daemon = {"from": "MAILER-DAEMON@post.example", "subject": "Undelivered", "message_id": f"<{id}@post.example>"}
    words = ("Content-Type: text/plain", b"It did not arrive.")
    return parts(words, status, *about, kind="report; report-type=delivery-status", **daemon)


def test_a_report_that_somebody_encloses_is_part_of_what_they_say(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    _answered(shop, conversation["id"])
    enclosed = (
        "Content-Type: message/rfc822",
        _standard().replace(b'"cut"', b'"within"').replace(b"--cut", b"--within"),
    )
    about = {"message_id": "<fwd.1@post.example>", "in_reply_to": "<first.1@post.example>", "subject": "Re: My lamp"}
    shop.put(parts(("Content-Type: text/plain", b"I could not reach you"), enclosed, **about))
    said = eventually(lambda: next((one for one in shop.said(conversation["id"]) if "reach you" in one["text"]), None))
    assert [one["name"][-4:] for one in said["files"]] == [".eml"]
    assert not [event for event in shop.events(conversation["id"]) if event["name"] == "mail_returned"]


def test_a_report_is_about_the_mail_that_it_names_and_not_about_whoever_it_names(shop: Desk) -> None:
    shop.put(raw("My lamp is broken"))
    (conversation,) = eventually(shop.conversations)
    shop.take(conversation["id"])
    id = _answered(shop, conversation["id"])
    shop.put(_standard(id="forged.1"))
    (waiting,) = eventually(shop.quarantine)
    assert "report_of_nothing" in waiting["error"]
    assert not [event for event in shop.events(conversation["id"]) if event["name"] == "mail_returned"]
    shop.put(_standard(("Content-Type: text/rfc822-headers", f"Message-ID: <{id}>".encode()), id="true.1"))
    eventually(lambda: [event for event in shop.events(conversation["id"]) if event["name"] == "mail_returned"])


def test_a_file_that_is_too_large_is_said_to_be_missing_and_never_cut(shop: Desk) -> None:
    large = b"A" * (LARGEST + 1)
    how = "Content-Disposition: attachment; filename="
    shop.put(
        parts(
            ("Content-Type: text/plain", b"See"),
            (f"Content-Type: application/zip\r\n{how}large.zip", large),
            (f"Content-Type: application/octet-stream\r\n{how}invoice.pdf.exe", b"MZ"),
        )
    )
    (conversation,) = eventually(shop.conversations)

    def settled() -> list[dict[str, Any]] | None:
        files: list[dict[str, Any]] = shop.said(conversation["id"])[0]["files"]
        return files if all(file["state"] != "awaited" for file in files) else None

    zipped, program = eventually(settled)
    assert (zipped["name"], zipped["state"], zipped["size"]) == ("large.zip", "missing", LARGEST + 1)
    assert (program["name"], program["state"], program["size"]) == ("invoice.pdf.exe.bin", "here", 2)
    assert large in shop.admin.get(f"/api/messages/{shop.said(conversation['id'])[0]['id']}/mail/raw").content
