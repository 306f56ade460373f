"""What contacts thought, added up: figures by agent, category and day, the ratings behind them, and the file."""

import csv
import json
from typing import Any

import pytest

from helpline.channels import Category
from helpline.core import Actor, new_id
from helpline.reports import rating_api, ratings, rows_file, satisfaction
from helpline.reports.satisfaction import Narrowed
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import RatingIn
from tests.clock import Clock
from tests.make import World
from tests.running import Running
from tests.session_settings.deciding import decide


def _asked(world: World, agent: Actor, name: str, stars: int | None = None, **more: Any) -> str:
    """Somebody was served by this agent, asked, and rated it or not."""
    contact = world.visitor(name)
    id = str(world.write(contact, "Hello").conversation_id)
    world.answer(agent, id)
    world.close(agent, id)
    if stars is not None:
        world.do(contact, webchat.rate, RatingIn(conversation_id=id, stars=stars, **more))
    return id


@pytest.fixture
def rated(world: World, clock: Clock) -> tuple[Actor, Actor]:
    """Bo was rated 5 and 2 and once not, Cy 4 on the next day."""
    decide(world, satisfaction={"after_close": True, "least_messages": 0})
    bo = world.agent("Bo")
    _asked(world, bo, "Amara", 5, comment="=Quick")
    _asked(world, bo, "Leila", 2)
    _asked(world, bo, "Kofi")
    world.become(bo, "offline")  # type: ignore[arg-type]
    clock.advance(86_400)
    cy = world.agent("Cy")
    _asked(world, cy, "Mei", 4)
    return bo, cy


def _figures(groups: list[satisfaction.RatingGroup]) -> list[tuple[str, int, int, float | None]]:
    return [(one.name, one.figures.asked, one.figures.count, one.figures.average) for one in groups]


def test_it_is_added_up_by_agent_category_and_day(world: World, rated: tuple[Actor, Actor]) -> None:
    report = world.see(satisfaction.report, Narrowed())
    assert (report.total.asked, report.total.count, report.total.average) == (4, 3, 3.67)
    assert report.total.stars == [0, 1, 0, 1, 1]
    assert _figures(report.by_agent) == [("Bo", 3, 2, 3.5), ("Cy", 1, 1, 4.0)]
    assert [figures[1:] for figures in _figures(report.by_category)] == [(4, 3, 3.67)]
    assert [figures[1:] for figures in _figures(report.by_day)] == [(3, 2, 3.5), (1, 1, 4.0)]


def test_it_is_narrowed_to_a_time_an_agent_and_a_category(
    world: World, clock: Clock, rated: tuple[Actor, Actor]
) -> None:
    bo, cy = rated
    day = clock.now.replace(hour=0, minute=0, second=0, microsecond=0)
    category = str(world.all(Category)[0].id)

    def count(**narrowed: Any) -> tuple[int, int]:
        wanted = Narrowed(**narrowed)
        total = world.see(satisfaction.report, wanted).total
        assert len(world.see(ratings.page, wanted, 50, None).items) == total.count
        return total.asked, total.count

    assert count(agent_id=bo.id) == (3, 2)
    assert count(agent_id=cy.id, category_id=category) == (1, 1)
    assert count(category_id="another") == (0, 0)
    assert count(since=day) == (1, 1)
    assert count(before=day) == (3, 2)


def test_the_ratings_are_paged_newest_first_with_the_way_to_their_records(
    world: World, rated: tuple[Actor, Actor]
) -> None:
    seen, at = [], None
    while True:
        page = world.see(ratings.page, Narrowed(), 2, at)
        seen += page.items
        at = page.next
        if at is None:
            break
    assert [one.contact_name for one in seen] == ["Mei", "Leila", "Amara"]
    records = {record.id for record in world.records()}
    assert {one.service_record_id for one in seen} <= records


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_file_holds_everybody_who_was_asked(running: Running, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(rows_file, "AT_ONCE", 1)
    admin = running.set_up()
    me = admin.get("/api/session").json()["agent"]["id"]
    version = admin.get("/api/session-settings").json()["version"]
    changed = {"version": version, "satisfaction": {"after_close": True, "least_messages": 0}}
    admin.patch("/api/session-settings", json=changed).raise_for_status()
    key = admin.get("/api/channels").json()[0]["public_key"]
    for number, stars in enumerate((5, None)):
        token = running.client().post(f"/api/webchat/{key}/visitors", json={"name": f"V{number}"}).json()["token"]
        contact = running.client(token)
        id = contact.post("/api/webchat/messages", json={"id": new_id(), "text": "Hi"}).json()["conversation_id"]
        admin.post(f"/api/conversations/{id}/take").raise_for_status()
        admin.post(f"/api/conversations/{id}/messages", json={"id": new_id(), "text": "Hello"}).raise_for_status()
        admin.post(f"/api/conversations/{id}/close").raise_for_status()
        if stars:
            said = {"conversation_id": id, "stars": stars, "comment": "=1+1"}
            contact.post("/api/webchat/rating", json=said).raise_for_status()
    file = admin.get("/api/reports/satisfaction/export", params={"format": form, "agent_id": me})
    assert file.status_code == 200
    if form == "csv":
        head, *rows = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
        assert head == list(rating_api.COLUMNS)
        assert [(row[6], row[8]) for row in rows] == [("", ""), ("5", "'=1+1")]
    else:
        lines = [json.loads(line) for line in file.text.splitlines()]
        assert [(line["stars"], line["comment"]) for line in lines] == [(None, ""), (5, "=1+1")]
