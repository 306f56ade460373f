"""To which conversation a mail belongs: tokens, ids, and who may."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from helpline.channels.email.reading import read
from helpline.channels.email.threads import (
    FOLLOW_UP_AFTER,
    Claim,
    Found,
    claims,
    held,
    place,
    tagged,
    token,
    topic,
    untagged,
)

from .raw import raw

KEY, NOW = b"secret", datetime(2026, 11, 27, 9, tzinfo=UTC)
ID = str(uuid4())
FOUND = Found(open=True, last_at=NOW - timedelta(hours=1), subject="Re: My lamp", participants={"amara@post.example"})


def test_a_token_names_its_conversation_and_cannot_be_made_up() -> None:
    mark = token(KEY, ID)
    address = tagged("support@shop.example", mark)
    assert list(held(KEY, [address.upper(), f"m.{mark}@shop.example"])) == [ID, ID]
    assert len(address.partition("@")[0]) <= 64
    assert list(held(b"other", [address])) == []
    other = token(KEY, str(uuid4()))
    assert list(held(KEY, [tagged("support@shop.example", mark[:28] + other[28:])])) == []
    assert untagged(address) == "support@shop.example"


def test_every_letter_of_a_token_counts() -> None:
    mark = token(KEY, ID)
    for place_, letter in enumerate(mark[1:], 1):
        changed = mark[:place_] + ("a" if letter != "a" else "b") + mark[place_ + 1 :]
        if place_ < 41:
            assert list(held(KEY, [f"x+{changed}@shop.example"])) == []


def test_a_mail_points_by_token_then_by_what_it_answers_then_by_its_references_newest_first() -> None:
    mark = token(KEY, ID)
    mail = read(
        raw(
            to=f"Shop <{tagged('support@shop.example', mark)}>",
            in_reply_to="<answered.1@post.example>",
            references="<oldest.1@post.example> <newest.1@post.example>",
        )
    )
    assert claims(mail, KEY) == [
        Claim("token", conversation_id=ID),
        Claim("answers", mail_id="answered.1@post.example"),
        Claim("references", mail_id="newest.1@post.example"),
        Claim("references", mail_id="oldest.1@post.example"),
    ]


@pytest.mark.parametrize("where", ["cc", "delivered_to", "x_original_to", "in_reply_to", "references"])
def test_a_token_is_found_where_mails_carry_it(where: str) -> None:
    mark = token(KEY, ID)
    said = f"<m1.{mark}@shop.example>" if "re" in where else tagged("support@shop.example", mark)
    assert claims(read(raw(**{where: said})), KEY)[0] == Claim("token", conversation_id=ID)


@pytest.mark.parametrize("id", ["<>", "< >", "<1>", "<a@b>", "<x@y.z>"])
def test_short_and_empty_ids_lead_nowhere(id: str) -> None:
    assert claims(read(raw(in_reply_to=id, references=f"{id} {id}")), KEY) == []


@pytest.mark.parametrize(
    "subject",
    [
        "My lamp",
        "Re: My lamp",
        "RE: AW: my  lamp",
        "Fwd: Re[2]: My lamp",
        "回覆：My lamp",
        "答复: My lamp",
        "[Shop] Re: My lamp",
        "SV: VS: My lamp",
    ],
)
def test_answering_does_not_change_what_a_mail_is_about(subject: str) -> None:
    assert topic(subject) == "my lamp"


def test_whoever_takes_part_goes_on() -> None:
    assert place(FOUND, read(raw(subject="Re: My lamp")), by="answers", now=NOW) == "same"


@pytest.mark.parametrize("author", ["mallory@evil.example", "amara@post.example.evil.example", "аmara@post.example"])
def test_a_stranger_is_not_let_in_by_a_header(author: str) -> None:
    mail = read(raw(subject="Re: My lamp", **{"from": f"Amara Diallo <{author}>"}))
    for by in ("answers", "references"):
        assert place(FOUND, mail, by=by, now=NOW) == "join"
    assert place(FOUND, mail, by="token", now=NOW) == "same"


def test_an_address_in_reply_to_does_not_let_in_either() -> None:
    mail = read(raw(reply_to="amara@post.example", **{"from": "mallory@evil.example"}))
    assert place(FOUND, mail, by="answers", now=NOW) == "join"


def test_what_is_over_is_followed_up() -> None:
    closed = replace(FOUND, open=False)
    assert place(closed, read(raw(subject="Re: My lamp")), by="token", now=NOW) == "follow_up"


def test_another_subject_begins_anew_only_after_a_while() -> None:
    mail, old = read(raw(subject="An invoice")), replace(FOUND, last_at=NOW - FOLLOW_UP_AFTER - timedelta(seconds=1))
    assert place(FOUND, mail, by="answers", now=NOW) == "same"
    assert place(old, mail, by="answers", now=NOW) == "follow_up"
    assert place(old, read(raw(subject="RE: my lamp")), by="answers", now=NOW) == "same"
    assert place(old, read(raw(subject="")), by="answers", now=NOW) == "same"
