"""Raw bytes to a mail: headers, texts, what came along, and what is too much."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpline.channels.email.mail import Address, Unreadable
from helpline.channels.email.reading import read, safe_name

from .raw import parts, raw

TEXT = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"


def test_a_plain_mail_says_what_it_says() -> None:
    mail = read(raw("Hello,\n\nmy lamp is broken.\n", cc="Bo <BO@post.example>, chef@post.example"))
    assert mail.author == Address("amara@post.example", "Amara Diallo")
    assert mail.to == (Address("support@shop.example", "Shop"),)
    assert mail.cc == (Address("bo@post.example", "Bo"), Address("chef@post.example"))
    assert (mail.id, mail.id_is_ours, mail.subject) == ("first.1@post.example", False, "My lamp")
    assert mail.date == datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert mail.text == "Hello,\n\nmy lamp is broken."
    assert mail.html == ""


def test_references_come_newest_first() -> None:
    mail = read(raw(references="<one.1@a.example>\r\n <two.2@a.example> broken", in_reply_to="<two.2@a.example>"))
    assert mail.references == ("two.2@a.example", "one.1@a.example")
    assert mail.answers == ("two.2@a.example",)


def test_a_mail_without_an_id_gets_one_of_what_it_says_whatever_servers_wrote_above_it() -> None:
    one = read(b"Received: from a\r\nX-Spam: no\r\n" + raw("Hello", message_id=None))
    two = read(b"Received: from b\r\n" + raw("Hello", message_id=None))
    other = read(raw("Hello!", message_id=None))
    empty = read(raw("Hello", message_id=" "))
    assert one.id == two.id == empty.id != other.id
    assert one.id_is_ours


def test_an_id_that_is_too_long_is_shortened_the_same_way_wherever_it_stands() -> None:
    long = f"{'x' * 900}@post.example"
    mail = read(raw(message_id=f"<{long}>", in_reply_to=f"<{long}>", references=f"<{long}>"))
    assert len(mail.id) <= 190
    assert mail.answers == mail.references == (mail.id,)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Amara <amara@post.example>", "amara@post.example"),
        ("<amara@post.example>amara@post.example", "amara@post.example"),
        ("amara@post.example www.post.example", "amara@post.example"),
        ('"Diallo, Amara" <amara@post.example>', "amara@post.example"),
        ("=?utf-8?q?Amara_=3Camara=40post=2Eexample=3E?=", "amara@post.example"),
        ("Amara Diallo [Post] <amara@post.example>", "amara@post.example"),
        ('"amara at home"@post.example', '"amara at home"@post.example'),
    ],
)
def test_an_address_is_found_however_it_is_written(written: str, address: str) -> None:
    author = read(raw(**{"from": written})).author
    assert author is not None
    assert author.address == address


def test_whoever_sent_it_stands_in_where_nobody_wrote_it() -> None:
    assert read(raw(**{"from": None}, sender="desk@post.example")).author == Address("desk@post.example")
    assert read(raw(**{"from": "undisclosed"}, return_path="<x@post.example>")).author == Address("x@post.example")
    assert read(raw(**{"from": None})).author is None


def test_headers_cannot_carry_lines_into_what_is_made_of_them() -> None:
    mail = read(
        raw(
            subject="=?utf-8?q?Hello=0D=0ABcc=3A_all=40post=2Eexample?=",
            **{"from": "=?utf-8?q?A=0AB?= <a@post.example>"},
        )
    )
    assert mail.subject == "Hello Bcc: all@post.example"
    assert mail.author == Address("a@post.example", "A B")
    turned = read(raw(subject="=?utf-8?b?4oCuZ25w4oCsLnR4dA==?=")).subject
    assert "\u202e" not in turned


def test_html_beside_its_pictures_is_another_way_to_say_the_text_not_more_of_it() -> None:
    related = parts((HTML, b"<p>Hello</p>"), ("Content-Type: image/png", b"\x89PNG"), kind="related")
    inner = related.replace(b"cut", b"inner").partition(b"\r\n\r\n")[2]
    mail = read(
        parts((TEXT, b"Hello"), ('Content-Type: multipart/related; boundary="inner"', inner), kind="alternative")
    )
    assert mail.text.strip() == "Hello"
    assert mail.html.strip() == "<p>Hello</p>"
    assert len(mail.attachments) == 1


def test_text_and_html_of_one_mail_are_one_message() -> None:
    mail = read(parts((TEXT, "Grüße".encode()), (HTML, "<p>Grüße</p>".encode()), kind="alternative"))
    assert (mail.text, mail.html.strip(), mail.attachments) == ("Grüße", "<p>Grüße</p>", ())


def test_a_mail_of_html_alone_reads_as_its_text() -> None:
    html = (
        "<style>p{}</style><p>Dear <b>shop</b>,</p><ul><li>lamp<li>shade</ul>"
        "<a href='https://shop.example/x'>here</a><script>alert(1)</script><blockquote>before</blockquote>"
    )
    mail = read(raw(html, content_type="text/html; charset=utf-8"))
    assert mail.text == "Dear shop,\n\n• lamp\n• shade\n\nhere (https://shop.example/x)\n\n> before"


def test_images_within_are_told_from_files_beside() -> None:
    mail = read(
        parts(
            (HTML, b'<p>See <img src="cid:pic@1"></p>'),
            ("Content-Type: image/png\r\nContent-ID: <pic@1>\r\nContent-Disposition: inline", b"\x89PNG"),
            ('Content-Type: image/png; name="other.png"\r\nContent-ID: <pic@2>', b"\x89PNG"),
            ("Content-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''%E7%87%88.txt", b"lamp"),
            kind="related",
        )
    )
    assert [(one.name, one.cid) for one in mail.attachments] == [
        ("attachment-1.png", "pic@1"),
        ("other.png", ""),
        ("燈.txt", ""),
    ]


def test_a_mail_in_a_mail_comes_along_whole() -> None:
    inner = raw("Inner text", subject="Before", message_id="<inner.1@post.example>")
    mail = read(parts((TEXT, b"See below"), ("Content-Type: message/rfc822", inner)))
    assert mail.text == "See below"
    (along,) = mail.attachments
    assert (along.name, along.type) == ("Before.eml", "message/rfc822")
    assert read(along.content).text == "Inner text"


def test_flowed_text_is_whole_lines_again() -> None:
    text = "This is one \nparagraph.\n> quoted \n> words\n-- \nAmara"
    mail = read(raw(text, content_type="text/plain; charset=utf-8; format=flowed"))
    assert mail.text == "This is one paragraph.\n> quoted words\n-- \nAmara"


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("../../etc/passwd", "text/plain", "passwd"),
        ("C:\\Users\\a\\bill.pdf", "application/pdf", "bill.pdf"),
        ("", "application/pdf", "attachment-3.pdf"),
        (" .. ", "image/png", "attachment-3.png"),
        ("a\u202egnp.exe", "application/x", "agnp.exe"),
        ("line\r\nbreak.txt", "text/plain", "linebreak.txt"),
        ("x" * 300 + ".docx", "application/x", "x" * 115 + ".docx"),
    ],
)
def test_a_files_name_is_only_a_name(given: str, kind: str, name: str) -> None:
    assert safe_name(given, kind, 3) == name


def test_what_is_written_wrongly_is_read_all_the_same() -> None:
    mail = read(parts(("Content-Type: text/plain\r\nContent-Transfer-Encoding: Quoted-Printable ; x", b"a=3Db")))
    assert mail.text == "a=b"
    assert read(raw("Hi", content_type="multipart/mixed")).text == "Hi"
    assert read(raw("Hi", content_type="text/plain; charset=klingon")).text == "Hi"
    assert read(raw("Hi", content_type=";;;")).text == "Hi"
    odd = raw("Hi").replace(b"Subject: My lamp", b"Subject : My lamp\r\nwhat is this")
    assert (read(odd).subject, read(odd).text) == ("My lamp what is this", "Hi")
    assert read(raw(date="yesterday")).date is None


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"just words", b"\x00" * 1000])
def test_what_is_no_mail_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


def test_a_mail_nested_without_end_is_given_up() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(900))
    with pytest.raises(Unreadable):
        read(b"From: a@post.example\r\n" + deep)
    with pytest.raises(Unreadable):
        read(b"From: a@post.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000)


def test_a_packed_file_stays_packed() -> None:
    bomb = b"PK\x03\x04" + b"\x00" * 2000
    (along,) = read(parts((TEXT, b"Hi"), ("Content-Type: application/zip; name=a.zip", bomb))).attachments
    assert along.content.startswith(b"PK\x03\x04")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 600), st.binary(max_size=30))
def test_no_bytes_make_reading_fail(content: bytes, at: int, dropped: bytes) -> None:
    whole = parts((TEXT, content), (HTML, content), (f'Content-Type: image/png; name="{at}"', content))
    for one in (content, whole, whole[:at] + dropped + whole[at:], whole[: -at or None]):
        try:
            mail = read(one)
        except Unreadable:
            continue
        assert mail.id
        assert "\n" not in mail.subject
        mail.text.encode()
        mail.subject.encode()


def test_a_mail_in_a_mail_is_kept_as_it_came_however_odd_its_headers() -> None:
    inner = b"Date: Thu, 31 Mar 2022 \x16N\nZ19:25:32: +0530\r\nSubject: inner \xff\r\n\r\nhi\r\n"
    outer = b"From: a@b.example\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
    (held,) = read(outer + inner).attachments
    assert b"31 Mar 2022 \x16N" in held.content
    assert b"inner \xff" in held.content


def test_what_came_of_a_body_that_was_cut_off_is_read() -> None:
    whole = base64.b64encode(b"My lamp is broken").decode()
    for cut in range(1, 5):
        mail = read(raw(whole[:-cut], content_transfer_encoding="base64"))
        assert mail.text.startswith("My lamp is bro")


def test_a_charset_that_is_none_keeps_nothing_from_being_read() -> None:
    packed = base64.b64encode(b"My lamp is broken")
    head = (
        b"From: a@b.example\r\nContent-Type: text/plain; charset=\xca\xb5\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    assert read(head + packed).text == "My lamp is broken"
    within = parts(("Content-Type: text/plain", b"See"), ("Content-Type: image/png; charset=CHARSET", b"\x89PNG"))
    assert [one.content for one in read(within.replace(b"CHARSET", b"\xca\xb5")).attachments] == [b"\x89PNG"]


@pytest.mark.parametrize(
    "told", ["boundary*=a; boundary*0=b", "name*=a; name*0=b", "charset*0*=a; charset*=b", "*=;*0="]
)
def test_parameters_that_contradict_each_other_keep_nothing_from_being_read(told: str) -> None:
    assert read(raw("My lamp is broken", content_type=f"text/plain; {told}")).text == "My lamp is broken"
    assert "My lamp" in read(raw("My lamp is broken", content_type=f"multipart/mixed; {told}")).text
    head = f"Content-Type: application/pdf; {told}\r\nContent-Disposition: attachment; file{told}"
    (file,) = read(parts(("Content-Type: text/plain", b"See"), (head, b"%PDF"))).attachments
    assert file.content == b"%PDF"
