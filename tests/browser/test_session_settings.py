"""The session settings in a browser: what is written is seen at once, stored, used, and inherited by the categories."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.conftest import NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


def _settings(person: NewPerson, demo: Running) -> Page:
    page = person().new_page()
    page.goto(f"{demo.url}/settings/sessions")
    page.get_by_label("E-mail").fill("ingrid@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Session settings")).to_be_visible()
    return page


def _heard(demo: Running, page: Page) -> list[str]:
    key = page.request.get(f"{demo.url}/api/channels").json()[0]["public_key"]
    token = demo.client().post(f"/api/webchat/{key}/visitors", json={"name": "Leila", "locale": "en"}).json()["token"]
    visitor = demo.client(token)
    visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Anybody?"}).raise_for_status()
    return [row["text"] for row in visitor.get("/api/webchat/conversation").json()["messages"]]


def test_a_prompt_is_written_seen_at_once_and_used_from_the_next_event_on(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    text = page.get_by_role("textbox", name="Connecting")
    text.fill("Hold on $ContactName, $OwnerNmae looks for somebody")
    expect(page.get_by_text("Did you mean $OwnerName?")).to_be_visible()
    preview = page.get_by_role("log", name="What the customer reads")
    expect(preview.get_by_text("Hold on Amara")).to_be_visible()
    text.fill("Hold on $ContactName")
    expect(page.get_by_text("1 change")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    assert "Hold on Leila" in _heard(demo, page)


def test_a_category_inherits_until_it_decides_itself_and_can_go_back(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.get_by_label("For", exact=True).select_option(label="Kestrel shop")
    expect(page.get_by_text("As in the workspace").first).to_be_visible()
    limit = page.get_by_label("Limit of a service", exact=True)
    limit.fill("10")
    limit.blur()
    expect(page.get_by_text("1 change")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved")).to_be_visible()
    back = page.locator(".rows > div").filter(has=limit).get_by_role("button", name="Use the workspace’s")
    expect(back).to_be_visible()
    page.get_by_label("For", exact=True).select_option(label="Whole workspace")
    expect(limit).not_to_have_value("10")
    page.get_by_label("For", exact=True).select_option(label="Kestrel shop")
    expect(limit).to_have_value("10")
    back.click()
    page.get_by_role("button", name="Save").click()
    expect(back).to_have_count(0)


def test_a_reminder_after_the_end_is_refused_at_its_field(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    for label, minutes in (("Contact silent, remind", "9"), ("Contact silent, close", "8")):
        page.get_by_label(label, exact=True).fill(minutes)
        page.get_by_label(label, exact=True).blur()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A reminder has to come before what it reminds of.")).to_be_visible()
    expect(page.get_by_label("Contact silent, remind", exact=True)).to_have_attribute("aria-invalid", "true")


def test_manual_mode_is_chosen_with_its_seconds_and_seen_as_it_rings(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    expect(page.get_by_label("Connect within")).to_have_count(0)
    page.get_by_role("radio", name="Manual").check()
    seconds = page.get_by_label("Connect within", exact=True)
    expect(seconds).to_have_value("20")
    seconds.fill("45")
    seconds.blur()
    expect(page.locator(".offer-preview .offer-left")).to_have_text("0:45")
    page.get_by_role("switch", name="Break after a missed offer").check()
    expect(page.get_by_text("3 changes")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    mode = page.request.get(f"{demo.url}/api/session-settings").json()["in_force"]["service_mode"]
    assert mode == {"mode": "manual", "connect_within": 45, "break_after_miss": True}
    page.get_by_role("button", name="Service mode: back to the default").click()
    expect(page.locator('input[name="service-mode"][value="automatic"]')).to_be_checked()


def test_a_prompt_is_written_in_one_more_language_and_the_preview_follows(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.get_by_role("button", name="Add a language").click()
    page.get_by_role("menuitem", name="German").click()
    expect(page.get_by_role("button", name="DE", exact=True)).to_have_attribute("aria-pressed", "true")
    text = page.get_by_role("textbox", name="Connecting")
    expect(text).to_have_value("")
    text.fill("Einen Moment, $ContactName")
    preview = page.get_by_role("log", name="What the customer reads")
    expect(preview.get_by_text("Einen Moment, Amara")).to_be_visible()
    page.get_by_role("button", name="EN", exact=True).click()
    expect(text).to_have_value("One moment, we are finding the right person for you.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    texts = page.request.get(f"{demo.url}/api/session-settings").json()["in_force"]["prompts"]["connecting"]["texts"]
    assert {"en", "zh-TW", "de"} == set(texts)
    assert texts["de"] == "Einen Moment, $ContactName"


def test_reasons_beside_the_stars_are_added_moved_and_removed(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    before = page.request.get(f"{demo.url}/api/session-settings").json()["in_force"]["satisfaction"]["reasons"]
    page.get_by_role("button", name="Add a reason").click()
    added = page.get_by_role("textbox", name=f"Reason {len(before) + 1}")
    expect(added).to_be_focused()
    added.fill("Took the time")
    expect(page.locator(".rating-preview")).to_contain_text("Took the time")
    page.get_by_role("button", name="Move up: Took the time").click()
    page.get_by_role("button", name=f"Remove: {before[0]['en']}").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    after = page.request.get(f"{demo.url}/api/session-settings").json()["in_force"]["satisfaction"]["reasons"]
    assert after == [*before[1:-1], {"en": "Took the time"}, before[-1]]


def test_the_workspace_says_which_categories_differ_and_leads_to_them(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.get_by_label("For", exact=True).select_option(label="Kestrel shop")
    page.get_by_role("radio", name="Manual").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    expect(page.get_by_role("button", name="categories differ")).to_have_count(0)
    page.get_by_label("For", exact=True).select_option(label="Whole workspace")
    page.get_by_role("button", name="Service mode: 1 category differs").click()
    page.get_by_role("menuitem", name="Kestrel shop").click()
    expect(page.get_by_label("For", exact=True)).to_have_value(page.url.partition("category=")[2])
    expect(page.get_by_role("radio", name="Manual")).to_be_checked()


def test_every_scope_is_free_of_findings(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.emulate_media(reduced_motion="reduce")
    for label in ("Whole workspace", "Kestrel shop"):
        page.get_by_label("For", exact=True).select_option(label=label)
        page.get_by_role("radio", name="Manual").check()
        expect(page.locator(".offer-preview")).to_be_visible()
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], node["html"][:150]) for rule in found for node in rule["nodes"]] == []
        page.get_by_role("button", name="Discard").click()


def test_the_rules_of_a_queue_are_set_and_its_text_is_seen_with_places(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.get_by_role("switch", name="Send: Queue").check()
    page.get_by_role("textbox", name="Queue on entering").fill("Number $QueuePosition, $WaitNo ahead, $EstimatedWait")
    preview = page.get_by_role("log", name="What the customer reads")
    expect(preview.get_by_text("Number 3, 2 ahead, 4 minutes")).to_be_visible()
    expect(preview.get_by_text("Number 2, 1 ahead, 3 minutes")).to_be_visible()
    for label, number in (("Longest queue, then", "40"), ("Longest wait, then", "15")):
        page.get_by_label(label, exact=True).fill(number)
        page.get_by_label(label, exact=True).blur()
    page.get_by_label("Who finds no room", exact=True).select_option(label="Leave a message")
    page.get_by_label("Who has waited too long", exact=True).select_option(index=2)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    queue = page.request.get(f"{demo.url}/api/session-settings").json()["in_force"]["queue"]
    assert [queue[name] for name in ("max_length", "when_full", "max_wait", "when_late")] == [
        40,
        "message",
        900,
        "overflow",
    ]
    assert queue["late_team"]


def test_the_calendar_is_chosen_and_what_holds_in_it_is_said(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    hours = page.get_by_label("Working hours", exact=True)
    hours.select_option(label="Always open")
    expect(page.get_by_text("Who comes while it is closed")).to_have_count(0)
    hours.select_option(index=1)
    expect(page.get_by_text("Who comes while it is closed")).to_be_visible()
    expect(page.get_by_role("link", name="Edit working hours")).to_be_visible()
