"""The form before a chat, filled in by a visitor and read by an agent."""

import httpx
from playwright.sync_api import Page, expect

from helpline.app.demo.cast import PASSWORD
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

FORM = {
    "active": True,
    "intro": {},
    "questions": [
        {"id": "name", "kind": "name", "required": True},
        {"id": "email", "kind": "email", "required": True},
        {
            "id": "about",
            "kind": "choice",
            "labels": {"en": "What is it about?", "zh-TW": "請問是關於什麼？"},
            "options": [{"en": "Returns and exchanges", "zh-TW": "退換貨"}, {"en": "My order", "zh-TW": "我的訂單"}],
        },
        {
            "id": "agree",
            "kind": "consent",
            "required": True,
            "labels": {"en": "I agree that this conversation is stored.", "zh-TW": "我同意保存這次對話。"},
            "url": "https://kestrel.example/privacy",
        },
    ],
}


def sign_in(running: Running) -> httpx.Client:
    client = running.client()
    signed = client.post("/api/session", json={"email": "ingrid@kestrel.example", "password": PASSWORD}).json()
    client.headers["x-csrf-token"] = signed["csrf"]
    return client


def _ask(running: Running, admin: httpx.Client) -> None:
    key = running.app.state.demo_key
    channel = next(one for one in admin.get("/api/channels").json() if one["public_key"] == key)
    admin.patch(f"/api/channels/{channel['id']}", json={"form": FORM}).raise_for_status()


def _open(page: Page, running: Running, name: str = "Open the chat") -> None:
    page.goto(f"{running.url}/demo")
    page.get_by_role("button", name=name).click()


def test_the_form_is_filled_in_and_reaches_the_agent(demo: Running, person: NewPerson) -> None:
    admin = sign_in(demo)
    _ask(demo, admin)
    visitor = person(width=1280, height=800)
    page = visitor.new_page()
    _open(page, demo)
    name, email = page.get_by_label("Name"), page.get_by_label("E-mail")
    expect(name).to_be_focused()
    name.fill("Amara Okafor")
    email.fill("amara.okafor@post")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Add the part after the dot")).to_be_visible()
    expect(page.get_by_text("Please agree to go on.")).to_be_visible()
    expect(email).to_be_focused()
    page.screenshot(path=SHOTS / "widget-form.png")
    email.fill("amara.okafor@post.example")
    expect(page.get_by_text("Add the part after the dot")).to_have_count(0)
    page.reload()
    expect(email).to_have_value("amara.okafor@post.example")
    page.get_by_label("What is it about?").select_option("Returns and exchanges")
    page.get_by_label("I agree that this conversation is stored.").check()
    page.get_by_role("button", name="Start the chat").click()
    field = page.get_by_role("textbox", name="Write a message")
    expect(field).to_be_focused()
    field.fill("My backpack arrived with a torn strap")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("Sent")).to_be_visible()
    found = admin.get("/api/conversations", params={"view": "all"}).json()["items"]
    mine = next(one for one in found if one["last_text"].startswith("My backpack arrived"))
    assert mine["contact_name"] == "Amara Okafor"
    messages = admin.get(f"/api/conversations/{mine['id']}/messages").json()["items"]
    form = next(one["event"] for one in messages if one["event"] and one["event"]["name"] == "form")
    said = [one["value"] for one in form["answers"]]
    assert said == ["Amara Okafor", "amara.okafor@post.example", "Returns and exchanges", "yes"]


def test_who_comes_again_is_asked_only_what_is_new(demo: Running, person: NewPerson) -> None:
    _ask(demo, sign_in(demo))
    page = person(width=390, height=844, dark=True, locale="zh-TW").new_page()
    page.goto(f"{demo.url}/demo")
    page.get_by_role("button", name="開啟對話").click()
    page.get_by_label("姓名").fill("林怡君")
    page.get_by_label("電子郵件").fill("yichun@post.example")
    page.get_by_label("我同意保存這次對話。").check()
    page.screenshot(path=SHOTS / "widget-form-phone-dark-zh.png")
    page.get_by_role("button", name="開始對話").click()
    page.get_by_role("textbox").fill("請問退貨要多久？")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("已送出")).to_be_visible()
    page.get_by_role("button", name="選單").click()
    page.get_by_role("menuitem", name="結束對話").click()
    page.get_by_role("button", name="結束", exact=True).click()
    page.get_by_role("button", name="開始新的對話").click()
    expect(page.get_by_label("姓名")).to_have_count(0)
    page.get_by_label("請問是關於什麼？").select_option("退換貨")
    page.get_by_role("button", name="開始對話").click()
    expect(page.get_by_role("log")).to_contain_text("請問退貨要多久？")
    page.get_by_role("textbox").fill("還有一個問題")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("已送出")).to_be_visible()
