"""Our answers as mails: what stands in them, and that servers and programs read them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from helpline.channels.email.addresses import NoAddress, wired
from helpline.channels.email.automatic import OUR_MARK, written
from helpline.channels.email.composing import Enclosed, Letter, answering, compose
from helpline.channels.email.mail import Address
from helpline.channels.email.reading import read
from helpline.channels.email.replying import visible

LETTER = Letter(
    id="m1.htoken@shop.example",
    sender=Address("support@shop.example", "Shop 客服"),
    to=[Address("amara@post.example", "Diallo, Amara")],
    subject="Re: My lamp 檯燈",
    text="Yes, we take it back.\n\nSee https://shop.example/back?a=1&b=2.",
    at=datetime(2026, 11, 27, 9, tzinfo=UTC),
)


def _sent(letter: Letter) -> EmailMessage:
    return message_from_bytes(compose(letter).as_bytes(), policy=policy.default)  # type: ignore[return-value]


def test_what_is_written_arrives() -> None:
    letter = replace(LETTER, cc=[Address("bo@post.example")], reply_to="support+htoken@shop.example")
    mail = read(compose(letter).as_bytes())
    assert mail.id == "m1.htoken@shop.example"
    assert (mail.author, mail.to, mail.cc) == (letter.sender, tuple(letter.to), tuple(letter.cc))
    assert mail.reply_to == (Address("support+htoken@shop.example", "Shop 客服"),)
    assert (mail.subject, mail.date, mail.text) == (letter.subject, letter.at, letter.text)
    assert '<a href="https://shop.example/back?a=1&amp;b=2">' in mail.html


def test_markup_in_an_answer_is_text() -> None:
    html = read(compose(replace(LETTER, text="<script>a & b</script>", signature="<b>", quoted="<i>")).as_bytes()).html
    assert "&lt;script&gt;a &amp; b&lt;/script&gt;" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_an_answer_names_what_it_answers() -> None:
    known = [f"{'long' * 30}{n}@post.example" for n in range(30)]
    mail = read(compose(replace(LETTER, answers=known[-1], references=known)).as_bytes())
    assert mail.answers == (known[-1],)
    assert mail.references[0] == known[-1]
    assert mail.references[-1] == known[0]
    raw = compose(replace(LETTER, answers=known[-1], references=known)).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert (
        b"=?"
        not in raw.partition(b"References:")[2].partition(b"X-")[0].partition(b"\r\n\r\n")[0].partition(b"Content")[0]
    )


def test_history_and_signature_are_told_from_what_is_said() -> None:
    letter = replace(
        LETTER,
        signature="Bo\nShop",
        quoted="My lamp is broken.\n> Which?",
        quoted_from="On 27 Nov 2026, Amara <amara@post.example> wrote:",
    )
    mail = read(compose(letter).as_bytes())
    assert visible(mail.text) == LETTER.text
    assert "> My lamp is broken.\n>> Which?" in mail.text
    assert "\n-- \nBo\nShop\n" in mail.text
    assert visible(read(compose(replace(letter, text="Ja")).as_bytes()).text) == "Ja"


def test_files_go_along_as_they_are() -> None:
    files = [
        Enclosed("帳單.pdf", "application/pdf", b"%PDF\r\n\x00"),
        Enclosed("a\r\nBcc: x", "odd", b"1"),
        Enclosed("m.eml", "message/rfc822", b"x"),
    ]
    mail = read(compose(replace(LETTER, files=files)).as_bytes())
    assert [(one.name, one.type, one.content) for one in mail.attachments] == [
        ("帳單.pdf", "application/pdf", b"%PDF\r\n\x00"),
        ("a Bcc x", "application/octet-stream", b"1"),
        ("m.eml", "application/octet-stream", b"x"),
    ]


def test_nothing_that_is_filled_in_becomes_a_header() -> None:
    evil = "x\r\nBcc: all@evil.example\r\n\r\nHello"
    letter = replace(
        LETTER,
        subject=evil,
        sender=Address("support@shop.example", evil),
        to=[Address("amara@post.example", evil)],
        answers=f"a@b.example>{evil}",
        references=[evil],
        mark=OUR_MARK,
    )
    mail = _sent(letter)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "x Bcc: all@evil.example Hello"


@pytest.mark.parametrize("address", ["amara", "@post.example", "a b@post.example\r\nBcc: x@y.example", "a@b@c\nd", ""])
def test_what_is_no_address_is_said_so(address: str) -> None:
    with pytest.raises(NoAddress):
        compose(replace(LETTER, to=[Address(address)]))


def test_a_domain_in_letters_of_its_own_is_written_so_that_servers_know_it() -> None:
    assert "xn--bcher-kva.example" in str(_sent(replace(LETTER, to=[Address("amara@bücher.example")]))["To"])


def test_servers_are_told_it_so_as_well() -> None:
    assert wired("amara@bücher.example") == "amara@xn--bcher-kva.example"
    assert wired("Amara@post.example") == "Amara@post.example"


@pytest.mark.parametrize("address", ["jürgen@post.example", "amara@..ü", f"amara@{'ü' * 70}.example"])
def test_where_no_server_would_carry_it_is_said_before_one_is_asked(address: str) -> None:
    with pytest.raises(NoAddress):
        compose(replace(LETTER, cc=[Address(address)]))
    with pytest.raises(NoAddress):
        wired(address)


def test_what_nobody_wrote_says_so_and_what_comes_back_is_known() -> None:
    letter = replace(LETTER, automatic=True, mark="ours")
    mail = read(compose(letter).as_bytes())
    assert mail.headers["auto-submitted"] == "auto-generated"
    assert written(mail) == "auto_generated"
    assert written(mail, mark="ours") == "loop"
    assert written(read(compose(replace(letter, automatic=False)).as_bytes())) == "by_person"
    assert (
        read(compose(replace(letter, answers="a.1@post.example")).as_bytes()).headers["auto-submitted"]
        == "auto-replied"
    )


@pytest.mark.parametrize(
    ("last", "subject"),
    [
        ("My lamp", "Re: My lamp"),
        ("RE: My lamp", "RE: My lamp"),
        ("回覆：檯燈", "回覆：檯燈"),
        ("", "Re:"),
        ("a\r\nb", "Re: a b"),
    ],
)
def test_an_answer_goes_under_the_last_subject(last: str, subject: str) -> None:
    assert answering(last) == subject
