"""Kestrel Outdoor as its administrator set it up: teams, channels, lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from helpline.calendars import actions as calendars
from helpline.calendars.plan import Period, PeriodKind
from helpline.channels import actions as channels
from helpline.core import Actor, Tx
from helpline.people import actions
from helpline.people.permissions import ROLES
from helpline.people.workspace import add_break_reason
from helpline.service_records import choices
from helpline.webchat.actions import Webchat, open_channel

from .canned import write_down
from .cast import COLLEAGUES, ORDERS, RETURNS, TAIWAN, Colleague
from .decisions import ask_for_ratings

NAME = "Kestrel Outdoor"
SHOP, ALDER, SHOP_TAIWAN = "Kestrel shop", "Alder kitchen shop", "Kestrel 台灣"
BREAKS = ("Lunch", "Short break", "Training", "Meeting")
RESULTS = {
    "Solved": "Done",
    "Replacement sent": "Done",
    "Passed on to the warehouse": "Goes on",
    "Contact again": "Goes on",
    "No answer from the contact": "Not solved",
}
REASONS = {
    "Orders": ("Where is my order", "Change or cancel an order", "Payment and invoice"),
    "Returns": ("Return and refund", "Exchange", "Arrived damaged", "Wrong item"),
    "Products": ("Size and fit", "Availability", "Care and materials"),
    "Workshop": ("Repair", "Spare parts"),
}
REASONS_IN_TAIWAN = {
    "訂單": ("訂單進度", "修改或取消訂單", "付款與發票"),
    "退換貨": ("退貨退款", "更換尺寸", "商品瑕疵"),
    "商品": ("尺寸建議", "庫存查詢", "保養與維修"),
}


@dataclass
class Workspace:
    """What the stories need to know of it."""

    agents: list[Actor]
    """Those who serve."""
    teams: dict[str, str]
    chats: dict[str, Webchat]
    results: dict[str, str]
    reasons: dict[str, str]
    lunch_id: str
    public_key: str


def set_up(tx: Tx, password_hash: str) -> Workspace:
    """Make the workspace, as the administrator of a real one would."""
    ids = _let_in(tx, password_hash)
    teams = {name: _team(tx, name, ids) for name in (ORDERS, RETURNS, TAIWAN)}
    write_down(tx, next(iter(ids.values())), teams)
    categories = _categories(tx, teams)
    _hours(tx)
    ask_for_ratings(tx, categories[SHOP_TAIWAN])
    shop = channels.add_channel(
        tx,
        name="kestrel-outdoor.example",
        category_id=categories[SHOP],
        greeting="Hello! Ask us about an order, a size or a repair.",
        brand_color="#2f5d46",
    )
    others = [
        channels.add_channel(tx, name=name, category_id=categories[category], greeting=greeting, brand_color=color)
        for name, category, greeting, color in (
            ("alder-kitchen.example", ALDER, "Hello! How can we help you cook outside?", "#8a4b2a"),
            ("kestrel.example.tw", SHOP_TAIWAN, "您好！訂單、尺寸或維修，都歡迎詢問。", "#2f5d46"),
        )
    ]
    return Workspace(
        agents=[
            Actor("agent", tx.workspace_id, ids[one], one.name, ROLES[one.role]) for one in COLLEAGUES if one.serves
        ],
        teams=teams,
        chats={
            name: open_channel(tx, channel_id=channel.id)
            for name, channel in zip((SHOP, ALDER, SHOP_TAIWAN), (shop, *others), strict=True)
        },
        results=_results(tx),
        reasons=_reasons(tx, REASONS, [categories[SHOP], categories[ALDER]])
        | _reasons(tx, REASONS_IN_TAIWAN, [categories[SHOP_TAIWAN]]),
        lunch_id=_breaks(tx),
        public_key=shop.public_key,
    )


def _let_in(tx: Tx, password_hash: str) -> dict[Colleague, str]:
    first, *others = COLLEAGUES
    administrator = actions.set_up(
        tx, workspace_name=NAME, locale="en", name=first.name, email=first.email, password_hash=password_hash
    )
    ids = {first: administrator.id}
    for one in others:
        given = {"name": one.name, "email": one.email, "role": one.role, "locale": one.locale}
        ids[one] = actions.add_agent(tx, **given, password_hash=password_hash).id  # type: ignore[arg-type]
    return ids


def _team(tx: Tx, name: str, ids: dict[Colleague, str]) -> str:
    members = [id for one, id in ids.items() if name in one.teams]
    return actions.add_team(tx, name=name, limit=2, member_ids=members).id


def _hours(tx: Tx) -> None:
    # Chosen by no category: a demo answers at any time of the day.
    mornings, noon, afternoon = _period("08:00", "12:30"), _period("12:30", "13:30", "break"), _period("13:30", "18:00")
    week = [[mornings, noon, afternoon] for _ in range(5)] + [[], []]
    week[4].append(_period("20:00", "02:00"))
    calendars.add(tx, name="Europe, weekdays", zone="Europe/Berlin", week=week, last_intake=20)


def _period(start: str, end: str, kind: PeriodKind = "open") -> Period:
    return Period(start=start, end=end, kind=kind)


def _categories(tx: Tx, teams: dict[str, str]) -> dict[str, str]:
    kestrel = channels.add_owner(tx, name="Kestrel Outdoor").id
    alder = channels.add_owner(tx, name="Alder Camp Kitchen").id
    return {
        name: channels.add_category(tx, name=name, owner_id=owner, team_id=teams[team], requires=requires).id
        for name, owner, team, requires in (
            (SHOP, kestrel, ORDERS, ["result", "reasons"]),
            (ALDER, alder, ORDERS, ["result", "reasons", "notes"]),
            (SHOP_TAIWAN, kestrel, TAIWAN, ["result", "reasons"]),
        )
    }


def _results(tx: Tx) -> dict[str, str]:
    return {
        label: choices.add_result(tx, label=label, category=category, position=place).id
        for place, (label, category) in enumerate(RESULTS.items())
    }


def _reasons(tx: Tx, headings: Mapping[str, tuple[str, ...]], category_ids: list[str]) -> dict[str, str]:
    ids = {}
    for position, (heading, labels) in enumerate(headings.items()):
        parent = choices.add_reason(tx, label=heading, position=position, category_ids=category_ids)
        for place, label in enumerate(labels):
            reason = choices.add_reason(tx, label=label, parent_id=parent.id, position=place, category_ids=category_ids)
            ids[label] = reason.id
    return ids


def _breaks(tx: Tx) -> str:
    rows = [add_break_reason(tx, label=label, position=position) for position, label in enumerate(BREAKS)]
    return rows[0].id
