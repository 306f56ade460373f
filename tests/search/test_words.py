"""What a text can be found by: words, and pairs and threes of characters where words are not divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.search.blocks import both, pack, places_of, unpack
from helpline.search.words import LONGEST, MOST, asked, words


def _is_found(text: str, sought: str) -> bool:
    said = words(text)
    wanted = asked(sought)
    begins = lambda one: one.beginning and any(word.startswith(one.beginning) for word in said)  # noqa: E731
    return bool(wanted) and all(begins(one) or said.issuperset(one.words) for one in wanted)


FOUND = [
    ("I would like a refund, please.", "refund"),
    ("I would like a refund, please.", "REFUND like"),
    ("I would like a refund, please.", "ref"),
    ("Order AB-4711 has not come", "4711"),
    ("Order AB-4711 has not come", "ab-4711"),
    ("Das Päckchen nach Köln, Straße 5", "packchen köln strasse"),
    ("Über café", "uber CAFE"),
    ("Ёлка", "елка"),
    ("我要退貨，謝謝", "退貨"),
    ("我要退貨，謝謝", "要退貨"),
    ("我要退貨，謝謝", "貨"),
    ("我要退貨，謝謝", "我"),
    ("我要退貨單號4711", "退貨 4711"),
    ("サイズを交換したい", "交換"),
    ("サイズを交換したい", "ｻｲｽﾞ"),
    ("ซื้อรองเท้าแล้วไม่พอดี", "รอ"),
    ("ซื้อรองเท้าแล้วไม่พอดี", "รองเท้า"),
    ("배송이 늦어요", "배송"),
    ("मेरा पार्सल कहाँ है", "पार्सल"),
    ("أين طردي", "طردي"),
    ("Great 🎉 thanks", "🎉"),
    ("write to ada@example.com", "ada@example.com"),
]
NOT_FOUND = [
    ("I would like a refund, please.", "fund"),
    ("refund", "refunded"),
    ("退貨", "貨退"),
    ("退款與貨物", "退貨"),
    ("我要退錢，送貨單", "退貨單"),
    ("ab", "a"),
    ("anything", "?!"),
    ("anything", ""),
]


@pytest.mark.parametrize(("text", "sought"), FOUND)
def test_it_is_found(text: str, sought: str) -> None:
    assert _is_found(text, sought)


@pytest.mark.parametrize(("text", "sought"), NOT_FOUND)
def test_it_is_not_found(text: str, sought: str) -> None:
    assert not _is_found(text, sought)


@given(st.text())
def test_a_text_is_found_by_itself_and_each_word_can_be_kept(text: str) -> None:
    said = words(text)
    assert all(0 < len(word) <= LONGEST and "\0" not in word and not word.startswith("=") for word in said)
    assert not asked(text) or _is_found(text, text)


def test_a_text_without_end_has_an_end() -> None:
    assert len(words(" ".join(map(str, range(20_000))))) <= MOST + 1
    assert len(asked("退貨" * 10_000)[0].words) <= LONGEST


@given(st.sets(st.integers(0, 50_000)))
def test_a_block_is_kept_as_it_is(numbers: set[int]) -> None:
    bits = sum(1 << number for number in numbers)
    assert unpack(pack(bits)) == bits
    assert places_of(bits) == sorted(numbers)


@pytest.mark.parametrize("apart", [1, 7, 31, 32, 33, 1000])
def test_a_block_takes_no_more_than_its_bits_and_no_more_than_four_bytes_for_each(apart: int) -> None:
    bits = sum(1 << place for place in range(0, 100 * apart, apart))
    assert unpack(pack(bits)) == bits
    assert len(pack(bits)) <= min(100 * apart // 8 + 2, 401)


def test_what_two_words_share_is_what_stands_under_both() -> None:
    assert both({0: 0b110, 1: 1}, {0: 0b011, 2: 1}) == {0: 0b010}
