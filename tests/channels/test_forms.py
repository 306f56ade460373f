"""The form before a chat: which forms make sense, and which answers will do."""

from typing import Any

import pytest

from helpline.channels.forms import BadAnswer, BadForm, Form, FormMissing, Question, answer, check_form, text

NAME = Question(id="name", kind="name", required=True)
EMAIL = Question(id="email", kind="email", required=True)
PHONE = Question(id="phone", kind="phone")
ABOUT = Question(
    id="about",
    kind="choice",
    labels={"en": "What is it about?", "zh-TW": "請問是關於什麼？"},
    options=[{"en": "Returns", "zh-TW": "退貨"}, {"en": "Other"}],
)
AGREE = Question(
    id="agree", kind="consent", required=True, labels={"en": "I agree."}, url="https://shop.example/privacy"
)
FORM = Form(active=True, questions=[NAME, EMAIL, PHONE, ABOUT, AGREE])
SAID = {"name": "Amara", "email": "amara@post.example", "agree": "yes"}


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [NAME, Question(id="name", kind="email")],
        [Question(id="about", kind="choice", labels={"en": "About?"})],
        [Question(id="about", kind="choice", labels={"en": "About?"}, options=[{"en": " "}])],
        [Question(id="about", kind="choice", options=[{"en": "Returns"}])],
        [Question(id="more", kind="text")],
        [Question(id="agree", kind="consent", labels={"en": ""})],
    ],
)
def test_a_form_that_nobody_could_fill_in_is_refused(questions: list[Question]) -> None:
    with pytest.raises(BadForm):
        check_form(Form(active=True, questions=questions))


def test_a_form_may_be_kept_while_it_is_switched_off() -> None:
    check_form(Form())
    check_form(FORM)


def test_answers_are_kept_in_the_order_and_in_the_words_of_the_questions() -> None:
    told = answer(FORM, {**SAID, "about": "退貨", "email": " amara@post.example "}, (), ("zh-TW", "en"))
    assert [(one["id"], one["label"], one["value"]) for one in told] == [
        ("name", "", "Amara"),
        ("email", "", "amara@post.example"),
        ("about", "請問是關於什麼？", "退貨"),
        ("agree", "I agree.", "yes"),
    ]


def test_without_any_answer_the_form_is_asked_for() -> None:
    with pytest.raises(FormMissing):
        answer(FORM, {}, (), ("en",))


def test_what_is_known_need_not_be_said_again() -> None:
    assert answer(FORM, {}, ("name", "email", "agree"), ("en",)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("email", "amara"),
        ("email", "amara@post"),
        ("email", "amara@post.example, other@post.example"),
        ("email", "amara@post..example"),
        ("phone", "12"),
        ("phone", "call me"),
        ("phone", "().-/ ()"),
        ("about", "Refunds"),
        ("agree", "no"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_at_its_field(field: str, value: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        answer(FORM, {**SAID, field: value}, (), ("en",))
    assert refused.value.field == f"form.{field}"


def test_a_text_falls_back_to_a_language_that_is_there() -> None:
    both: dict[str, Any] = {"en": "Hello", "zh-TW": "您好"}
    assert [text(both, wanted) for wanted in (("zh-TW",), ("de", "zh-TW"), ("de",))] == ["您好", "您好", "Hello"]
    assert (text({"zh-TW": "您好"}, ("en",)), text({}, ("en",)), text({"en": ""}, ("en",))) == ("您好", "", "")
