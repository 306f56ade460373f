"""Mails that nobody of us wrote, many of them broken: each ends with its sender, subject, text and files right."""

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from helpline.channels.email.mail import Unreadable
from helpline.channels.email.reading import read
from helpline.channels.email.sanitising import safe

from .raw import DATA

FAMILIES = {"mail-chatwoot": 39, "mail-djangohelpdesk": 6, "mail-ruby": 103, "mail-stalwart": 64}
MAILS = sorted(file for family in FAMILIES for file in (DATA / family).rglob("*.eml"))
NOBODY = {
    "bounced_with_no_from.eml": "a report without a sender",
    "bad_encoded_subject.eml": "a subject alone",
    "001.eml": "a sender who is a placeholder",
    "004.eml": "a sender who is a placeholder",
    "007.eml": "parts alone",
    "008.eml": "a mail in a mail",
}
"""What comes from no address; it ends in quarantine."""
BETTER = {
    "010.eml", "020.eml", "022.eml", "027.eml", "052.eml",
    "invalid_subject_characters.eml",  # a sender's broken bytes, which are readable
    "raw_email_incorrect_header.eml", "example13.eml",  # headers that the standard library stops at
    "raw_email_multiple_from.eml",  # two lines From: the first counts
    "utf8_headers.eml", "mix_caps_content_type.eml",  # the same address, written otherwise
}  # fmt: skip
"""What the standard library reads worse, looked at by eye."""

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the mails of other projects are not here")


def test_all_of_them_are_there() -> None:
    assert {family: sum(family in str(file) for file in MAILS) for family in FAMILIES} == FAMILIES


@pytest.mark.parametrize("file", MAILS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_each_is_read(file: Path) -> None:
    mail = read(file.read_bytes())
    assert (mail.author is None) == (file.name in NOBODY and "legacy" not in str(file))
    assert mail.id
    assert mail.text or mail.html or mail.attachments or mail.report or file.name in EMPTY
    for said in (mail.subject, mail.text, mail.html, *mail.headers.values()):
        said.encode()
    assert "<script" not in safe(mail.html).html.lower()


EMPTY = {
    "bad_date_header.eml",
    "missing_body.eml",
    "must_supply_encoding.eml",
    "empty_in_reply_to.eml",
    "bad_date_header2.eml",
}


@pytest.mark.parametrize(
    "file", [file for file in MAILS if file.name not in BETTER], ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_sender_and_subject_are_those_the_standard_library_finds(file: Path) -> None:
    theirs, ours = message_from_bytes(file.read_bytes(), policy=policy.default), read(file.read_bytes())
    assert ours.subject == " ".join(str(theirs["subject"] or "").split())
    people = theirs["from"].addresses if theirs["from"] is not None else ()
    if people and "@" in people[0].addr_spec and ours.author:
        assert ours.author.address == people[0].addr_spec.lower()


@pytest.mark.parametrize(
    "file", [file for file in MAILS if "stalwart" in str(file)], ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_text_and_files_are_those_another_parser_finds(file: Path) -> None:
    told, mail = json.loads(file.with_suffix(".json").read_text()), read(file.read_bytes())
    assert len(mail.attachments) == len(told["attachments"])
    bodies = [told["parts"][place]["body"] for place in told["text_body"]]
    if all("\ufffd" not in body.get("Text", "\ufffd") for body in bodies):
        assert _bare(mail.text) == _bare("".join(body["Text"] for body in bodies))


def _bare(text: str) -> str:
    return "".join(text.split())


REPORTS = {
    "bounced_gmail.eml": ("failed", 1), "bounced_with_no_from.eml": ("failed", 0), "report_422.eml": ("delayed", 1),
    "report_530.eml": ("failed", 1), "multi_address_bounce1.eml": ("failed", 1), "multi_address_bounce2.eml": ("failed", 1),
    "multipart_report_multiple_status.eml": ("failed", 1), "raw_email_with_mimepart_without_content_type.eml": ("delayed", 1),
}  # fmt: skip


def test_reports_are_known_with_the_mail_they_are_about() -> None:
    read_ones: dict[str, Any] = {file.name: read(file.read_bytes()).report for file in MAILS}
    found = {name: (report.action, min(len(report.about), 1)) for name, report in read_ones.items() if report}
    assert found == REPORTS


@pytest.mark.parametrize("name", ["sample_output_multipart"])
def test_what_is_no_mail_is_refused(name: str) -> None:
    (file,) = DATA.rglob(name)
    with pytest.raises(Unreadable):
        read(file.read_bytes())
