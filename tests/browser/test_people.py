"""What people can do and are asked to do, on the screens: skills, languages, priority in a team, limits, who is responsible."""

import re

from playwright.sync_api import Page, expect

from tests.browser.composing import api, sign_in, visitor
from tests.browser.conftest import NewPerson
from tests.running import Running


def _settings(demo: Running, person: NewPerson, resource: str, name: str) -> Page:
    page = person().new_page()
    sign_in(page, demo, "ingrid")
    page.goto(f"{demo.url}/settings/{resource}")
    page.locator("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    return page


def _save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved")).to_be_visible()


def _one(demo: Running, path: str, name: str) -> dict[str, object]:
    rows = api(demo, "ingrid").get(f"/api/{path}").json()
    return next(row for row in rows if row["name"] == name)


def _add_skill(page: Page, typed: str, option: str) -> None:
    page.get_by_label("Skills and languages").fill(typed)
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")


def test_an_agent_is_given_skills_and_languages_and_a_category_asks_for_them(demo: Running, person: NewPerson) -> None:
    page = _settings(demo, person, "agents", "Jonas Lindqvist")
    _add_skill(page, "heavy goods", "Add “heavy goods”")
    _add_skill(page, "germ", "German")
    _save(page)
    assert _one(demo, "agents", "Jonas Lindqvist")["skills"] == ["heavy goods", "language:de"]
    page.goto(f"{demo.url}/settings/categories")
    page.get_by_role("link", name="Kestrel shop").click()
    _add_skill(page, "heavy", "heavy goods")
    _save(page)
    assert _one(demo, "channel-categories", "Kestrel shop")["skills"] == ["heavy goods"]
    page.goto(f"{demo.url}/settings/audit")
    changed = page.get_by_role("listitem").filter(has_text="changed Jonas Lindqvist")
    expect(changed.first).to_contain_text("Skills and languages")
    expect(changed.first).to_contain_text("heavy goods and German")


def test_ctrl_s_saves_while_the_list_of_a_field_is_open(demo: Running, person: NewPerson) -> None:
    page = _settings(demo, person, "agents", "Jonas Lindqvist")
    page.get_by_label("Skills and languages").fill("germ")
    page.get_by_role("option", name="German").click()
    page.get_by_label("Skills and languages").press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    _save(page)
    assert _one(demo, "agents", "Jonas Lindqvist")["skills"] == ["language:de"]


def test_a_conversation_is_given_skills_and_the_desk_says_who_can_take_it(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    sign_in(page, demo, "amara")
    api(demo, "amara").put("/api/me/availability", json={"state": "ready"}).raise_for_status()
    shopper = visitor(demo)
    shopper.write("Kann ich die Jacke umtauschen?")
    page.goto(f"{demo.url}/inbox/mine/{shopper.conversation_id}")
    side = page.get_by_role("region", name="Contact and service record")
    side.get_by_label("Skills and languages").fill("Ger")
    page.get_by_role("option", name="German").click()
    expect(side.get_by_text("who can do all of this is online")).to_be_visible()
    needed = f"/api/conversations/{shopper.conversation_id}"
    assert api(demo, "amara").get(needed).json()["skills"] == ["language:de"]
    side.get_by_label("Priority").fill("7")
    side.get_by_label("Priority").press("Enter")
    expect(page.get_by_role("log")).to_be_visible()
    side.get_by_role("button", name="Remove German").click()
    expect(side.get_by_text("who can do all of this is online")).to_have_count(0)
    row = api(demo, "amara").get(needed).json()
    assert (row["skills"], row["priority"]) == ([], 7)


def test_members_of_a_team_have_a_priority(demo: Running, person: NewPerson) -> None:
    page = _settings(demo, person, "teams", "Orders")
    ranks = page.get_by_role("group", name="Priority of the members")
    ranks.get_by_label("Jonas Lindqvist").fill("10")
    ranks.get_by_label("Amara Okafor").fill("-5")
    _save(page)
    ids = {one: _one(demo, "agents", one)["id"] for one in ("Jonas Lindqvist", "Amara Okafor")}
    assert _one(demo, "teams", "Orders")["priorities"] == {ids["Jonas Lindqvist"]: 10, ids["Amara Okafor"]: -5}
    page.get_by_role("group", name=re.compile("^Members")).get_by_label("Amara Okafor").uncheck()
    expect(ranks.get_by_label("Amara Okafor")).to_have_count(0)
    _save(page)
    assert _one(demo, "teams", "Orders")["priorities"] == {ids["Jonas Lindqvist"]: 10}


def test_a_kind_of_channel_has_a_limit_of_its_own(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    sign_in(page, demo, "ingrid")
    page.goto(f"{demo.url}/settings/workspace")
    page.get_by_label("Web chat").fill("2")
    _save(page)
    assert api(demo, "ingrid").get("/api/workspace").json()["kind_limits"] == {"webchat": 2}
    page.get_by_label("Web chat").fill("")
    _save(page)
    assert api(demo, "ingrid").get("/api/workspace").json()["kind_limits"] == {}


def test_somebody_is_responsible_for_a_contact_and_for_an_owner(demo: Running, person: NewPerson) -> None:
    jonas = _one(demo, "agents", "Jonas Lindqvist")["id"]
    contact = api(demo, "ingrid").get("/api/contacts").json()["items"][0]
    page = person().new_page()
    sign_in(page, demo, "ingrid")
    page.goto(f"{demo.url}/contacts/{contact['id']}")
    page.get_by_label("Responsible agent").select_option(label="Jonas Lindqvist")
    _save(page)
    assert api(demo, "ingrid").get(f"/api/contacts/{contact['id']}").json()["agent_id"] == jonas
    page.get_by_label("Responsible agent").select_option(label="None")
    _save(page)
    assert api(demo, "ingrid").get(f"/api/contacts/{contact['id']}").json()["agent_id"] is None
    owner = api(demo, "ingrid").get("/api/owners").json()[0]
    page.goto(f"{demo.url}/settings/owners/{owner['id']}")
    page.get_by_label("Responsible agent").select_option(label="Jonas Lindqvist")
    _save(page)
    assert _one(demo, "owners", owner["name"])["agent_id"] == jonas
