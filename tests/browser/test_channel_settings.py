"""An administrator sets up a web chat and sees at once how it will look."""

from playwright.sync_api import expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.browser.test_widget_form import sign_in
from tests.running import Running


def test_a_form_is_made_seen_in_the_preview_and_stored(demo: Running, person: NewPerson) -> None:
    admin, context = sign_in(demo), person()
    context.add_cookies([{"name": name, "value": value, "url": demo.url} for name, value in admin.cookies.items()])
    page = context.new_page()
    channel = admin.get("/api/channels").json()[0]
    page.goto(f"{demo.url}/settings/channels/{channel['id']}")
    preview = page.frame_locator("iframe[title=Preview]")
    expect(preview.locator("[role=log]")).to_contain_text(channel["greeting"])
    page.get_by_label("Greeting").first.fill("Welcome to the shop")
    expect(preview.locator("[role=log]")).to_contain_text("Welcome to the shop")
    page.get_by_label("Brand colour").fill("#ff6b6b")
    page.get_by_label("Ask something before the chat").check(force=True)
    page.get_by_label("Add a question").select_option("email")
    page.get_by_label("Add a question").select_option("choice")
    page.get_by_label("Label, English").last.fill("What is it about?")
    page.get_by_label("Options, one a line, English").fill("Returns\nOrders")
    expect(preview.locator("form")).to_contain_text("What is it about?")
    expect(preview.locator("select option")).to_have_text(["Please choose", "Returns", "Orders"])
    page.screenshot(path=SHOTS / "settings-channel.png")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    stored = next(one for one in admin.get("/api/channels").json() if one["id"] == channel["id"])
    assert (stored["greeting"], stored["brand_color"]) == ("Welcome to the shop", "#ff6b6b")
    assert [one["kind"] for one in stored["form"]["questions"]] == ["email", "choice"]
    page.get_by_role("button", name="Show the secret").click()
    expect(page.get_by_text(admin.get(f"/api/channels/{channel['id']}/secret").json()["secret"])).to_be_visible()
