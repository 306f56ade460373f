"""Who wrote a mail, a person or a machine; and what mail servers report."""

import pytest

from helpline.channels.email.automatic import MOST_AUTOMATIC, may_be_answered_automatically, written
from helpline.channels.email.reading import read

from .raw import parts, raw


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, "by_person"),
        ({"auto_submitted": "no"}, "by_person"),
        ({"auto_submitted": "auto-replied; vacation"}, "auto_reply"),
        ({"auto_submitted": "Auto-Generated"}, "auto_generated"),
        ({"auto_submitted": "auto-notified"}, "auto_generated"),
        ({"x_autoreply": "yes"}, "auto_reply"),
        ({"precedence": "auto_reply"}, "auto_reply"),
        ({"precedence": "bulk"}, "list"),
        ({"list_id": "<all.shop.example>"}, "list"),
        ({"list_unsubscribe": "<mailto:off@shop.example>"}, "list"),
        ({"return_path": "<>"}, "auto_generated"),
        ({"from": "no-reply@post.example"}, "auto_generated"),
        ({"from": "MAILER-DAEMON@post.example"}, "auto_generated"),
        ({"subject": "Out of Office: My lamp"}, "auto_reply"),
        ({"subject": "Automatic reply: My lamp"}, "auto_reply"),
        ({"subject": "Automatische Antwort: Lampe"}, "auto_reply"),
        ({"subject": "Réponse automatique : lampe"}, "auto_reply"),
        ({"subject": "=?utf-8?b?6Ieq5YuV5Zue6KaG77ya5qqv54eI?="}, "auto_reply"),
        ({"subject": "=?utf-8?b?6Ieq5Yqo5Zue5aSNOiDlj7Dnga8=?="}, "auto_reply"),
        ({"subject": "自動返信：ランプ"}, "auto_reply"),
        ({"subject": "不在通知"}, "auto_reply"),
        ({"subject": "The office is out of lamps"}, "by_person"),
        ({"subject": "Absent parts"}, "by_person"),
        ({"from": "Support <support@shop.example>"}, "loop"),
        ({"x_helpline": "our-mark"}, "loop"),
        ({"x_helpline": "somebody-elses"}, "by_person"),
    ],
)  # fmt: skip
def test_machines_are_told_from_people(headers: dict[str, str], kind: str) -> None:
    mail = read(raw(**headers))
    said = written(mail, ours={"support@shop.example"}, mark="our-mark")
    assert said == kind
    assert may_be_answered_automatically(mail, said) == (kind == "by_person")


@pytest.mark.parametrize("wish", ["All", "OOF, AutoReply", "oof"])
def test_who_wants_no_automatic_answer_gets_none(wish: str) -> None:
    mail = read(raw(x_auto_response_suppress=wish))
    assert written(mail) == "by_person"
    assert not may_be_answered_automatically(mail, "by_person")
    assert may_be_answered_automatically(read(raw(x_auto_response_suppress="DR, RN")), "by_person")


def test_nobody_gets_automatic_answers_without_end() -> None:
    mail = read(raw())
    assert may_be_answered_automatically(mail, "by_person", lately=MOST_AUTOMATIC - 1)
    assert not may_be_answered_automatically(mail, "by_person", lately=MOST_AUTOMATIC)


STATUS = b"""Reporting-MTA: dns; mail.post.example

Original-Recipient: rfc822;Amara@post.example
Final-Recipient: rfc822; amara+x@post.example
Action: %s
Status: %s
Diagnostic-Code: smtp; 550 5.1.1 <amara@post.example>: no such person here
"""


def _report(action: bytes, status: bytes, *about: tuple[str, bytes]) -> bytes:
    return parts(
        ("Content-Type: text/plain", b"I am sorry to have to tell you."),
        ("Content-Type: message/delivery-status", STATUS.replace(b"\n", b"\r\n") % (action, status)),
        *about,
        kind="report; report-type=delivery-status",
        subject="Undelivered Mail Returned to Sender",
        return_path="<>",
        **{"from": "MAILER-DAEMON@post.example"},
    )


SENT = b"From: support@shop.example\r\nMessage-ID: <sent.1@shop.example>\r\nSubject: Re: My lamp\r\n\r\nYes."


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_says_what_became_of_which_mail(kind: str) -> None:
    mail = read(_report(b"failed", b"5.1.1", (f"Content-Type: {kind}", SENT)))
    assert written(mail) == "report"
    assert mail.report is not None
    assert (mail.report.action, mail.report.status) == ("failed", "5.1.1")
    assert mail.report.recipients == ("amara@post.example", "amara+x@post.example")
    assert mail.report.detail == "550 5.1.1 <amara@post.example>: no such person here"
    assert mail.report.about == ("sent.1@shop.example",)
    assert mail.attachments == ()


@pytest.mark.parametrize(
    ("action", "status"), [(b"delayed", b"4.4.1"), (b"Delivered", b"2.0.0"), (b"relayed", b"2.1.9")]
)
def test_not_every_report_is_of_a_failure(action: bytes, status: bytes) -> None:
    report = read(_report(action, status)).report
    assert report is not None
    assert (report.action, report.status) == (action.decode().lower(), status.decode())


def test_a_report_names_those_of_whom_it_says_the_worst() -> None:
    bo = b"\r\nFinal-Recipient: rfc822; bo@post.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"
    mail = read(_report(b"delivered", b"2.0.0").replace(b"no such person here\r\n", b"so\r\n" + bo))
    assert mail.report is not None
    assert (mail.report.action, mail.report.status, mail.report.recipients) == ("failed", "5.2.2", ("bo@post.example",))


def test_a_report_in_words_alone_is_one() -> None:
    text = "Your mail could not be delivered to <amara@post.example>: 550 5.1.1 unknown.\n\nMessage-ID: <sent.1@shop.example>"
    mail = read(raw(text, subject="Mail delivery failed: returning message to sender", return_path="<>"))
    assert mail.report is not None
    assert mail.report.about == ("sent.1@shop.example",)
    assert mail.report.recipients[0] == "amara@post.example"
    by_person = read(raw(text, subject="Mail delivery failed: what now?", return_path="<amara@post.example>"))
    assert by_person.report is None
