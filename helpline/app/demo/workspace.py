"""Kestrel Outdoor as its administrator set it up: teams, channels, lists."""

from dataclasses import dataclass

from helpline.channels import actions as channels
from helpline.contacts import Contact
from helpline.core import Actor, Tx, new_id
from helpline.people import BreakReason, Team, actions
from helpline.people.permissions import ROLES
from helpline.service_records import choices

from .cast import COLLEAGUES, ORDERS, RETURNS, TAIWAN

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
    channels: dict[str, str]
    results: dict[str, str]
    reasons: dict[str, str]
    lunch_id: str
    public_key: str


def set_up(tx: Tx, password_hash: str) -> Workspace:
    """Make the workspace, as the administrator of a real one would."""
    first, *others = COLLEAGUES
    actions.set_up(
        tx,
        workspace_name="Kestrel Outdoor",
        locale="en",
        name=first.name,
        email=first.email,
        password_hash=password_hash,
    )
    for one in others:
        actions.add_agent(
            tx, name=one.name, email=one.email, password_hash=password_hash, role=one.role, locale=one.locale
        )
    ids = {agent.email: agent.id for agent in _everybody(tx)}
    teams = {
        name: actions.add_team(
            tx, name=name, limit=3, member_ids=[ids[one.email] for one in COLLEAGUES if name in one.teams]
        )
        for name in (ORDERS, RETURNS, TAIWAN)
    }
    return _furnish(tx, ids, {name: team.id for name, team in teams.items()})
