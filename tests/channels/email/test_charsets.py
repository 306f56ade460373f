"""Mails in all the ways people write, rightly and wrongly labelled."""

import pytest

from helpline.channels.email.charsets import to_text
from helpline.channels.email.reading import read

from .raw import packed, raw

SIMPLIFIED = "您好，我的台灯坏了，请问可以退货吗？谢谢您的帮助。"
TRADITIONAL = "您好，我的檯燈壞了，請問可以退貨嗎？謝謝您的幫忙。"
JAPANESE = "こんにちは、ランプが壊れました。返品できますか？よろしくお願いします。"
RUSSIAN = "Здравствуйте, моя лампа сломалась. Можно ли её вернуть?"
KOREAN = "안녕하세요, 램프가 고장났습니다. 반품할 수 있나요?"
WRITTEN = [
    (SIMPLIFIED, "gb2312"),
    (SIMPLIFIED, "gbk"),
    (SIMPLIFIED, "gb18030"),
    (SIMPLIFIED, "hz"),
    (TRADITIONAL, "big5"),
    (JAPANESE, "iso-2022-jp"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "iso-8859-5"),
    (KOREAN, "euc-kr"),
    ("Żółta lampa nie świeci", "iso-8859-2"),
    ("La lámpara se rompió, ¿qué hago?", "iso-8859-1"),
    ("Lampe für 20 € – kaputt", "windows-1252"),
    ("Ο φωτισμός δεν λειτουργεί", "iso-8859-7"),
    ("המנורה שבורה", "windows-1255"),
    ("المصباح مكسور", "windows-1256"),
    ("โคมไฟเสีย", "tis-620"),
    ("Đèn bị hỏng", "utf-8"),
    (TRADITIONAL + "👍🏽", "utf-8"),
    (TRADITIONAL, "utf-7"),
    (TRADITIONAL, "utf-16"),
]


@pytest.mark.parametrize(("text", "charset"), WRITTEN, ids=lambda given: given[:12])
def test_a_mail_reads_as_it_was_written(text: str, charset: str) -> None:
    assert to_text(text.encode(charset), charset) == text
    assert to_text(text.encode(charset), f' "{charset.upper()}" ') == text


@pytest.mark.parametrize(
    ("text", "charset"), [one for one in WRITTEN if one[1] not in {"hz", "utf-16", "utf-7", "tis-620", "gbk"}]
)
def test_so_do_encoded_headers(text: str, charset: str) -> None:
    mail = read(packed(text, charset))
    assert mail.subject == text[:60]
    assert mail.author is not None
    assert mail.author.name == text[:20]
    assert mail.text == text


@pytest.mark.parametrize(
    ("text", "really"),
    [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (TRADITIONAL, "utf-8"), (RUSSIAN, "utf-8"), (SIMPLIFIED, "utf-8")],
)
@pytest.mark.parametrize("label", ["utf-8", "us-ascii", "", None, "unknown-8bit", "klingon"])
def test_a_wrong_label_is_seen_through(text: str, really: str, label: str | None) -> None:
    assert to_text(text.encode(really), label) == text


def test_utf_8_that_says_it_is_latin_is_utf_8() -> None:
    assert to_text("Grüße".encode(), "iso-8859-1") == "Grüße"
    assert to_text("Grüße".encode("latin-1"), "iso-8859-1") == "Grüße"
    assert to_text("Grüße".encode("latin-1"), "utf-8") == "Grüße"


def test_a_set_that_is_larger_than_named_is_read_by_the_larger_one() -> None:
    assert to_text("王喆".encode("gb18030"), "gb2312") == "王喆"
    assert to_text("①㈱".encode("cp932"), "shift_jis") == "①㈱"
    assert to_text("“€”".encode("cp1252"), "iso-8859-1") == "“€”"


def test_what_is_broken_is_replaced_and_the_rest_stays() -> None:
    said = to_text(TRADITIONAL.encode("big5") + b"\xff\xff" + "謝謝".encode("big5"), "big5")
    assert said.startswith(TRADITIONAL)
    assert said.endswith("謝謝")
    assert "�" in to_text(b"\x1b$B\xff\xff", "iso-2022-jp")


@pytest.mark.parametrize(
    "label", ["zip", "rot13", "base64", "idna", "punycode", "unicode_escape", "undefined", "\x00", "a" * 5000]
)
def test_only_charsets_are_charsets(label: str) -> None:
    assert to_text(b"Hello", label) == "Hello"


def test_bare_bytes_in_headers_are_read_by_what_the_mail_is_written_in() -> None:
    bare = raw("x", content_type="text/plain; charset=big5").replace(b"My lamp", "檯燈壞了".encode("big5"))
    assert read(bare).subject == "檯燈壞了"
    assert read(raw("x").replace(b"My lamp", "檯燈壞了".encode())).subject == "檯燈壞了"


def test_a_character_torn_between_two_encoded_words_is_one() -> None:
    assert read(raw(subject="=?utf-8?b?5qqv?= =?utf-8?b?54c=?=\r\n =?utf-8?b?iA==?=")).subject == "檯燈"
    assert read(raw(subject="Re: =?utf-8?q?=E7=87?= =?utf-8?q?=88?= ok")).subject == "Re: 燈 ok"


def test_halves_of_characters_that_nothing_can_keep_are_marked() -> None:
    assert to_text(b"+2AA-hi", "utf-7") == "\ufffdhi"
