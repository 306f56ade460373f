"""The texts that contacts are sent by themselves, on their way through a session."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from helpline.channels.forms import Language

Texts = Annotated[dict[Language, Annotated[str, Meta(max_length=2000)]], Meta(max_length=20)]


class Prompt(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One text in several languages; ``$Variables`` in it are filled in when it is sent. Switched off, it is not sent."""

    on: bool = True
    texts: Texts = {}


PromptName = Literal[
    "welcome",
    "choose_team",
    "connecting",
    "connected",
    "connect_failed",
    "leave_message",
    "queue",
    "after_hours",
    "holiday",
    "break_time",
    "no_agents",
    "idle_reminder",
    "idle_close",
    "closed",
    "rating_invitation",
    "rating_in_words",
    "rating_thanks",
]


def _says(en: str, zh: str, *, on: bool = True) -> Any:
    return field(default_factory=lambda: Prompt(on=on, texts={"en": en, "zh-TW": zh}))


class Prompts(Struct, kw_only=True):
    """What is said when."""

    welcome: Prompt = _says(
        "Welcome to $OwnerName. How can we help?", "歡迎來到 $OwnerName，請問需要什麼協助？", on=False
    )
    """The contact enters a conversation: once, before anything else."""
    choose_team: Prompt = _says("Whom would you like to talk to?", "請問您想聯絡哪個部門？")
    """With the card of teams, where the contact chooses one."""
    connecting: Prompt = _says(
        "One moment, we are finding the right person for you.", "請稍候，正在為您尋找合適的客服人員。"
    )
    """The contact asks for a human."""
    connected: Prompt = _says("You are now talking to $AgentName.", "$AgentName 為您服務。")
    """An agent has taken the conversation."""
    connect_failed: Prompt = _says(
        "We are sorry, nobody can take your conversation right now.", "很抱歉，目前沒有客服人員可以為您服務。"
    )
    """No agent could be given: nobody online, outside of the hours, the queue full, or waited too long."""
    leave_message: Prompt = _says(
        "Leave your message here, and we answer as soon as we can.", "請在這裡留下訊息，我們會儘快回覆您。"
    )
    """No agent could be given, and what the contact writes is kept until one has time."""
    queue: Prompt = _says(
        "Thanks for waiting. You are number $QueuePosition, $WaitNo ahead of you. It will take about $EstimatedWait.",
        "感謝您的等候。您目前是第 $QueuePosition 位，前面還有 $WaitNo 位，預計等候 $EstimatedWait。",
        on=False,
    )
    """While waiting: on entering, and when the place in the queue changes."""
    after_hours: Prompt = _says(
        "We are closed right now. Leave your message, and we answer when we are back.",
        "目前為非服務時間，請留下訊息，我們上班後會回覆您。",
    )
    """A message outside working hours."""
    holiday: Prompt = _says(
        "We are closed for the holiday. Leave your message, and we answer when we are back.",
        "今天是假日，暫停服務。請留下訊息，我們上班後會回覆您。",
    )
    """A message on a holiday."""
    break_time: Prompt = _says(
        "We are on a short break. Leave your message, and we answer soon.",
        "目前為休息時間，請留下訊息，我們稍後回覆您。",
    )
    """A message in a break period."""
    no_agents: Prompt = _says(
        "Nobody is online at the moment. Leave your message, and we answer as soon as we can.",
        "目前沒有客服人員在線上，請留下訊息，我們會儘快回覆您。",
        on=False,
    )
    """Inside working hours, but nobody is online."""
    idle_reminder: Prompt = _says("Are you still there?", "請問您還在線上嗎？")
    """Some time before a conversation is closed because the contact did not answer."""
    idle_close: Prompt = _says(
        "We close this for now because we have not heard from you. Just write to continue.",
        "由於一段時間沒有收到您的回覆，本次對話先結束。需要時直接留言即可。",
    )
    """Closed because the contact did not answer."""
    closed: Prompt = _says("This conversation is closed. Write again any time.", "本次對話已結束，歡迎隨時再次留言。")
    """Closed by the contact or the agent."""
    rating_invitation: Prompt = _says("How was it? We are glad about every rating.", "這次的服務如何？歡迎給我們評分。")
    """With the card that asks for a rating."""
    rating_in_words: Prompt = _says(
        "How was it? Answer with a number from 1 (poor) to 5 (very good). You may add a few words.",
        "這次的服務如何？請以 1（不滿意）到 5（非常滿意）的數字回覆，也可以補充說明。",
    )
    """Instead of the card, on channels that cannot show one; answered with a number or stars, and a few words."""
    rating_thanks: Prompt = _says("Thank you.", "謝謝您的評分。")
    """After rating."""


def said_in(texts: dict[str, str], languages: Sequence[str]) -> str:
    """The text in the first of these languages that it has; else in any."""
    found = said_only_in(texts, languages)
    return found or next((texts[written] for written in ("en", *texts) if texts.get(written)), "")


def said_only_in(texts: dict[str, str], languages: Sequence[str]) -> str:
    """The text in the first of these languages that it has, or has a sister of (``en-GB`` reads ``en``); else nothing."""
    for language in languages:
        tongue = language.partition("-")[0].lower()
        alike = [written for written in texts if written.partition("-")[0].lower() == tongue]
        for written in (language, tongue, *alike):
            if texts.get(written):
                return texts[written]
    return ""
