"""What a fresh workspace starts with, so that the first visitor can be served at once."""

from typing import NamedTuple

from helpline.channels import actions as channels
from helpline.channels.models import Channel
from helpline.core import Tx
from helpline.people import Agent, actions
from helpline.people.models import Locale
from helpline.people.workspace import add_break_reason
from helpline.service_records import choices

from .canned_texts import FIRST, share


class Texts(NamedTuple):
    """The names that a fresh workspace begins with, in one language."""

    team: str
    category: str
    channel: str
    greeting: str
    results: list[str]
    breaks: list[str]
    reasons: dict[str, list[str]]


_TEXTS = {
    "en": Texts(
        team="Support",
        category="General",
        channel="Web chat",
        greeting="Hello! How can we help?",
        results=["Completed", "Contact again", "Escalated"],
        breaks=["Lunch", "Short break", "Training", "Meeting"],
        reasons={
            "Orders": ["Where is my order", "Change an order"],
            "Returns and exchanges": ["Damaged on arrival", "Wrong item", "Changed mind"],
            "Product": ["Product question", "Availability"],
            "Other": ["Something else"],
        },
    ),
    "zh-TW": Texts(
        team="客服團隊",
        category="一般",
        channel="網頁聊天",
        greeting="您好！請問需要什麼協助？",
        results=["已完成", "需再聯絡", "已升級處理"],
        breaks=["午餐", "短暫休息", "教育訓練", "會議"],
        reasons={
            "訂單": ["訂單進度查詢", "修改訂單"],
            "退換貨": ["商品到貨時損壞", "寄錯商品", "改變心意"],
            "商品": ["商品諮詢", "庫存查詢"],
            "其他": ["其他事項"],
        },
    ),
}


def furnish(tx: Tx, first: Agent, locale: str) -> Channel:
    """A team with the first agent, a channel category, a web chat, results, reasons and reasons for breaks."""
    texts = _TEXTS.get(locale, _TEXTS["en"])
    team = actions.add_team(tx, name=texts.team, member_ids=[first.id])
    category = channels.add_category(tx, name=texts.category, team_id=team.id)
    for position, label in enumerate(texts.breaks):
        add_break_reason(tx, label=label, position=position)
    for position, label in enumerate(texts.results):
        choices.add_result(tx, label=label, position=position)
    for position, (heading, labels) in enumerate(texts.reasons.items()):
        parent = choices.add_reason(tx, label=heading, position=position)
        for place, label in enumerate(labels):
            choices.add_reason(tx, label=label, parent_id=parent.id, position=place)
    language: Locale = "zh-TW" if locale == "zh-TW" else "en"
    share(tx, first.id, language, FIRST[language])
    return channels.add_channel(tx, name=texts.channel, category_id=category.id, greeting=texts.greeting)
