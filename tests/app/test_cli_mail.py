"""``helpline mail import``: raw mails from files, with and without a server beside."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpline.app.settings import Settings
from helpline.channels import Category
from helpline.channels.actions import add_channel
from helpline.channels.queries import all_of
from helpline.conversations import Conversation, Message
from helpline.core import Tx
from helpline.intake import Payload
from tests.channels.email.raw import parts, raw
from tests.commands import Done, helpline
from tests.mails.lines import desk
from tests.make import World

ANSWER = raw("And the shade", message_id="<second.1@post.example>", in_reply_to="<first.1@post.example>")
AWAY = raw("I am away", message_id="<away.1@post.example>", auto_submitted="auto-replied")


def _open(world: World, name: str = "Support", address: str = "support@shop.example", **more: Any) -> None:
    def add(tx: Tx) -> None:
        category = all_of(tx, Category)[0].id
        add_channel(tx, name=name, kind="email", category_id=category, settings={"address": address}, **more)

    world.do(None, add)


def _run(settings: Settings, *arguments: str | Path) -> Done:
    where = ["--data", settings.data, *(["--database", settings.database] if settings.database else [])]
    return helpline("mail", "import", *arguments, *where)


def _told(settings: Settings, *arguments: str | Path) -> list[dict[str, Any]]:
    done = _run(settings, *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _files(folder: Path, *mails: bytes) -> list[Path]:
    files = [folder / f"{number}.eml" for number in range(len(mails))]
    for file, mail in zip(files, mails, strict=True):
        file.write_bytes(mail)
    return files


def test_each_file_is_answered_with_what_became_of_it(settings: Settings, world: World, tmp_path: Path) -> None:
    _open(world)
    files = _files(tmp_path, raw("My lamp is broken"), ANSWER, AWAY, raw("My lamp is broken"), b"\x00\x01 nonsense")
    first, answer, away, again, nonsense = _told(settings, *files)
    amara = {"name": "Amara Diallo", "address": "amara@post.example"}
    assert {**first, "conversation_id": "", "message_id": ""} == {
        "file": str(files[0]),
        "number": 1,
        "outcome": "new",
        "contact": amara,
        "conversation_id": "",
        "message_id": "",
        "mail_id": "first.1@post.example",
        "automatic": False,
        "written": "by_person",
        "quarantined": False,
        "why": "",
    }
    assert (answer["outcome"], answer["conversation_id"]) == ("follow_up", first["conversation_id"])
    assert (away["automatic"], away["written"], away["quarantined"]) == (True, "auto_reply", False)
    assert (again["outcome"], again["message_id"]) == ("unchanged", first["message_id"])
    assert (nonsense["outcome"], nonsense["quarantined"], nonsense["contact"]) == ("quarantined", True, None)
    assert nonsense["why"] == "This does not begin like a mail."
    written = [one.text for one in world.all(Message) if one.author_kind == "contact"]
    assert sorted(written) == ["And the shade", "I am away", "My lamp is broken"]
    assert {one.state for one in world.all(Payload)} == {"done", "quarantined"}


def test_what_was_imported_before_changes_nothing(settings: Settings, world: World, tmp_path: Path) -> None:
    _open(world)
    (file,) = _files(tmp_path, parts(("Content-Type: text/plain", b"See"), ("Content-Type: image/png", b"\x89PNG")))
    (first,) = _told(settings, file)
    before = [(one.id, one.last_at) for one in world.all(Conversation)], len(world.all(Message))
    (again,) = _told(settings, file)
    assert (first["outcome"], again["outcome"]) == ("new", "unchanged")
    assert ([(one.id, one.last_at) for one in world.all(Conversation)], len(world.all(Message))) == before


def test_a_mailbox_in_one_file_is_taken_in_mail_by_mail(settings: Settings, world: World, tmp_path: Path) -> None:
    _open(world)
    box = tmp_path / "all.mbox"
    box.write_bytes(b"".join(b"From a@b Fri Nov 27 09:00:00 2026\n" + one + b"\n\n" for one in (raw("Hello"), ANSWER)))
    said = _run(settings, box).stdout.splitlines()
    assert [line.partition(", Amara Diallo <amara@post.example>, ")[0] for line in said] == [
        f"{box}: new",
        f"{box}: follow up",
    ]


def test_beside_a_running_server_each_mail_is_taken_in_once(settings: Settings, tmp_path: Path) -> None:
    mails = [raw(f"Mail {n}", message_id=f"<m.{n}@post.example>", subject=f"Matter {n}") for n in range(12)]
    with desk(settings) as shop:
        told = _told(settings, *_files(tmp_path, *mails))
        assert [one["outcome"] for one in told] == ["new"] * 12
        assert {one["id"] for one in shop.conversations()} == {one["conversation_id"] for one in told}
        assert shop.quarantine() == []


def test_a_report_of_a_mail_server_is_about_a_mail_of_ours(settings: Settings, tmp_path: Path) -> None:
    text = "Your mail could not be delivered to <amara@post.example>: 550 5.1.1 unknown"
    told_by = {"subject": "Mail delivery failed", "return_path": "<>", "message_id": "<report.1@post.example>"}
    with desk(settings) as shop:
        (first,) = _told(settings, *_files(tmp_path, raw("My lamp is broken")))
        shop.take(first["conversation_id"])
        answer = shop.answer(first["conversation_id"], "Which one?")
        about = shop.said(first["conversation_id"])[-1]["details"]["mail"]["id"]
        report = raw(f"{text}\n\nMessage-ID: <{about}>", **told_by)
        (told,) = _told(settings, *_files(tmp_path, report))
    assert (told["outcome"], told["automatic"], told["written"]) == ("report", True, "report")
    assert (told["conversation_id"], told["message_id"]) == (first["conversation_id"], answer["id"])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["--channel", "Nowhere"], "There is no channel Nowhere; there is Sales, Support."),
        (["--channel", "Web chat"], "Web chat is no mailbox; there is Sales, Support."),
        ([], "There are several mailboxes; say which one with --channel: Sales, Support."),
        (["--channel", "Sales"], "The mailbox Sales is switched off."),
        (["--channel", "Support", "--workspace", "Other"], "There is no workspace Other"),
    ],
)
def test_a_channel_that_takes_no_mails_is_said_in_a_sentence(
    settings: Settings, world: World, tmp_path: Path, asked: list[str], sentence: str
) -> None:
    _open(world)
    _open(world, "Sales", "sales@shop.example", active=False)
    done = _run(settings, *_files(tmp_path, raw("Hello")), *asked)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in " ".join(done.stderr.split())
    assert world.all(Payload) == []


def test_without_a_mailbox_or_a_file_nothing_is_taken_in(settings: Settings, world: World, tmp_path: Path) -> None:
    done = _run(settings, *_files(tmp_path, raw("Hello")))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no mailbox yet" in done.stderr
    _open(world)
    for wrong in (tmp_path / "not-there.eml", tmp_path):
        done = _run(settings, *_files(tmp_path, raw("Hello")), wrong)
        assert (done.returncode, done.stdout) == (2, "")
    assert world.all(Payload) == []
