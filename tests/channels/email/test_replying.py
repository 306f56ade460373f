"""What somebody said, apart from what their program quoted: in the languages people write, and against other libraries."""

import re
from collections.abc import Callable, Iterator

import pytest
from email_reply_parser import EmailReplyParser
from hypothesis import given
from hypothesis import strategies as st
from mailparser_reply import EmailReplyParser as MailParserReply

from helpline.channels.email.as_text import as_text
from helpline.channels.email.reading import read
from helpline.channels.email.replying import split, visible

from .raw import DATA

SAID = "Yes, that works. 好的。"
INTRODUCED = [
    "On Fri, Nov 27, 2026 at 6:26 PM, Shop Support <support@shop.example> wrote:",
    'On Nov 27, 2026 6:26 PM, "Shop" <support@shop.example> wrote:',
    "On Fri, Nov 27, 2026 at 6:26 PM Shop Support With A Long Name <\nsupport@shop.example> wrote:",
    "Am 27.11.2026 um 18:26 schrieb Shop:",
    "Am Fr., 27. Nov. 2026 um 18:26 Uhr schrieb Shop Support <\nsupport@shop.example>:",
    "Le ven. 27 nov. 2026 à 18:26, Shop <support@shop.example> a écrit :",
    "El vie, 27 nov 2026 a las 18:26, Shop (<support@shop.example>) escribió:",
    "Il giorno ven 27 nov 2026 alle ore 18:26 Shop <support@shop.example> ha\nscritto:",
    "Em sex., 27 de nov. de 2026 às 18:26, Shop <support@shop.example> escreveu:",
    "Op vr 27 nov 2026 om 18:26 schreef Shop <support@shop.example>:",
    "Den fre 27 nov. 2026 kl 18:26 skrev Shop <support@shop.example>:",
    "W dniu 27.11.2026 o 18:26, Shop pisze i napisał:",
    "пт, 27 нояб. 2026 г. в 18:26, Shop <support@shop.example>:",
    "27.11.2026 18:26, Shop пишет:",
    "Shop <support@shop.example> 於 2026年11月27日 週五 下午6:26寫道：",
    "在 2026年11月27日星期五，Shop <support@shop.example> 写道：",
    "于2026年11月27日周五 18:26写道：",
    "2026年11月27日(金) 18:26 Shop Support <support@shop.example>:",
    "2026/11/27 18:26、Shop <support@shop.example>のメール:",
    "2026년 11월 27일 (금) 오후 6:26, Shop <support@shop.example>님이 작성:",
    "----- Original Message -----",
    "-----Ursprüngliche Nachricht-----",
    "-------- Message d'origine --------",
    "------------------ 原始邮件 ------------------",
    "-----Original Message-----\nFrom: Shop <support@shop.example>\nSent: Friday\nTo: Amara\nSubject: Lamp",
    "________________________________\nFrom: Shop <support@shop.example>\nSent: Friday\nTo: Amara\nSubject: Lamp",
    "From: Shop\nSent: Friday, November 27, 2026\nTo: Amara Diallo\nSubject: Lamp",
    "Von: Shop [mailto:support@shop.example]\nGesendet: Freitag, 27. November 2026 18:26\nAn: Amara\nBetreff: Lampe",
    "De : Shop <support@shop.example>\nEnvoyé : vendredi 27 novembre 2026\nÀ : Amara\nObjet : Lampe",
    "寄件者: Shop <support@shop.example>\n寄件日期: 2026年11月27日\n收件者: Amara\n主旨: 檯燈",
    "发件人: Shop <support@shop.example>\n发送时间: 2026年11月27日 18:26\n收件人: Amara\n主题: 台灯",
    "差出人: Shop <support@shop.example>\n送信日時: 2026年11月27日 18:26\n宛先: Amara\n件名: ランプ",
    "*From:* Shop <support@shop.example>\n*Sent:* Friday\n*To:* Amara\n*Subject:* Lamp",
]


@pytest.mark.parametrize("introduced", INTRODUCED, ids=lambda given: given[:24])
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_was_answered_is_folded(introduced: str, mark: str) -> None:
    before = "\n".join(f"{mark}{line}" for line in ["We can take it back.", "", "Shop"])
    assert visible(f"{SAID}\n\n{introduced}\n\n{before}\n") == SAID
    assert visible(f"{SAID}\n{introduced}\n{before}") == SAID


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I will write:\n\nwhat I think.",
        "I flew from Taipei.\n\nFrom: Taipei\nTo: Tokyo\nDate: 1 December\n\nCan I change it?",
        "The order is:\n2 lamps\n1 shade",
        "He wrote 3 lines. She wrote: nothing of it.",
        "Am Montag schrieb ich Ihnen: keine Antwort.",
        "5 > 3 and a -- b",
        "Sent from my desk, is much easier than from my telephone in the garden.",
        "要求：\n1. 退貨\n2. 退款",
    ],
)
def test_what_only_looks_like_a_quote_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "signature",
    ["-- \nAmara Diallo", "--\nAmara\n+886 2 1234 5678", "Sent from my iPhone", "Von meinem iPhone gesendet", "发自我的iPhone",
     "從我的 iPhone 傳送", "iPhoneから送信", "Envoyé de mon iPhone", "Get Outlook for iOS", "- Amara",
     "Amara Diallo\namara@post.example\nwww.post.example"],
)  # fmt: skip
def test_a_signature_is_folded(signature: str) -> None:
    sender = "Amara Diallo"
    assert visible(f"{SAID}\n\n{signature}\n", sender=sender) == SAID
    quoted = "On 27 Nov 2026, at 9:00, Shop <support@shop.example> wrote:\n\n> Hello"
    assert visible(f"{SAID}\n\n{signature}\n\n{quoted}", sender=sender) == SAID


def test_answers_between_the_lines_keep_the_lines() -> None:
    text = "On 27 Nov 2026, Shop wrote:\n> Which lamp?\n\nThe red one.\n\n> And when?\n\nToday.\n\n> Shop"
    assert visible(text) == "On 27 Nov 2026, Shop wrote:\n> Which lamp?\n\nThe red one.\n\n> And when?\n\nToday."
    assert visible("> Which lamp?\n\nThe red one.") == "The red one."


def test_what_is_forwarded_is_what_is_said() -> None:
    block = "From: Bo <bo@post.example>\nSent: Friday\nTo: Amara\nSubject: Lamp\n\nIt is broken."
    for text in (f"See below.\n\n---------- Forwarded message ---------\n{block}", f"See below.\n\n{block}"):
        assert visible(text, subject="Fwd: Lamp") == text
    assert visible(f"See below.\n\n{block}", subject="Re: Lamp") == "See below."


def test_a_mail_that_only_quotes_is_shown_whole() -> None:
    assert visible("> Hello\n> there") == "> Hello\n> there"
    assert visible("\n\n-- \nAmara") == "-- \nAmara"
    assert visible("") == ""


@given(st.lists(st.sampled_from([SAID, "", "> before", ">", "-- ", "Amara", *INTRODUCED]), max_size=12))
def test_nothing_is_ever_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "\n".join(piece.text for piece in split(text)) == text
    assert all(line in text for line in visible(text).split("\n"))


def test_a_long_mail_is_split_in_time_that_grows_with_its_length() -> None:
    for line in ("On " * 150, "> " * 2000, "From: x", "1" * 500 + ":", "-" * 5000, "On 1 Jan wrote"):
        assert visible("\n".join([line] * 3000)) is not None


# What is to be seen of the mails of others, as the first and the last line of it: read by eye, nothing of them is kept here.
LINES = {
    "correct_sig": (1, 1), "email_1_1": (1, 5), "email_1_2": (1, 34), "email_1_3": (1, 3), "email_1_4": (1, 1),
    "email_1_5": (1, 99), "email_1_6": (1, 1), "email_1_7": (1, 1), "email_1_8": (1, 20), "email_2_1": (1, 1),
    "email_2_2": (1, 1), "email_2_3": (1, 1), "email_BlackBerry": (1, 1), "email_iPhone": (1, 1),
    "email_multi_word_sent_from_my_mobile_device": (1, 1), "email_bullets": (1, 8), "email_long_quote": (1, 8),
    "email_one_is_not_on": (1, 5), "email_sent_from_my_not_signature": (1, 9),
    "email_sig_delimiter_in_middle_of_line": (1, 9), "greedy_on": (1, 6), "pathological": (1, 2), "email_gmail": (1, 1),
    "email_partial_quote_header": (1, 6), "email_headers_no_delimiter": (1, 1),
}  # fmt: skip

Case = tuple[str, str, str]
"""The text, what is to be seen of it, and who sent it."""


def _lines(corpus: str) -> Iterator[Case]:
    for file in sorted((DATA / corpus / "emails").iterdir()):
        text = file.read_text().replace("\r\n", "\n")
        first, last = LINES[file.stem]
        yield text, "\n".join(text.split("\n")[first - 1 : last]), ""


def _replies() -> Iterator[Case]:
    for file in sorted((DATA / "reply-talon/standard_replies").glob("*.eml")):
        text = read(file.read_bytes()).text
        # In each the reply is one word, and it is the first of all but one.
        yield text, "Hello", ""


def _in_html() -> Iterator[Case]:
    for file in sorted((DATA / "reply-talon/html_replies").glob("*.html")):
        text = as_text(file.read_text(errors="replace"))
        yield text, text[: re.search(r"Alex(?=\s)", text).end()], ""  # type: ignore[union-attr]


def _signed() -> Iterator[Case]:
    for file in sorted((DATA / "reply-talon/signature/emails/stripped").glob("*_body")):
        text = file.read_text()
        sender, signed = (file.with_name(file.name.replace("_body", end)) for end in ("_sender", "_signature"))
        signature = signed.read_text().strip() if signed.exists() else ""
        yield text, text[: text.rindex(signature)] if signature in text and signature else text, sender.read_text()


CORPORA: dict[str, Callable[[], Iterator[Case]]] = {
    "reply-github": lambda: _lines("reply-github"),
    "reply-zapier": lambda: _lines("reply-zapier"),
    "reply-talon, text": _replies,
    "reply-talon, HTML": _in_html,
    "reply-talon, signatures": _signed,
}
OTHERS: dict[str, Callable[[str], str]] = {
    "email-reply-parser": EmailReplyParser.parse_reply,
    "mail-parser-reply": lambda text: MailParserReply(languages=["en", "de", "fr", "it", "ja"]).parse_reply(text) or "",
}
RIGHT = {
    "reply-github": (22, 22),
    "reply-zapier": (24, 24),
    "reply-talon, text": (12, 12),
    "reply-talon, HTML": (9, 9),
    "reply-talon, signatures": (5, 6),
}
"""How many of how many; so that what is lost is noticed also where every other library is worse."""


@pytest.mark.skipif(not DATA.exists(), reason="the mails of other projects are not here")
@pytest.mark.parametrize("corpus", CORPORA)
def test_replies_of_others_are_found_at_least_as_often_as_by_the_best_library(corpus: str) -> None:
    cases = list(CORPORA[corpus]())
    ours = sum(_same(visible(text, sender=sender), seen) for text, seen, sender in cases)
    others = {name: sum(_same(find(text), seen) for text, seen, _ in cases) for name, find in OTHERS.items()}
    print(f"{corpus}: ours {ours} of {len(cases)}, others {others}")  # noqa: T201
    assert ours >= max(others.values())
    assert (ours, len(cases)) == RIGHT[corpus]


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
