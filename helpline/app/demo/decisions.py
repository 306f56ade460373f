"""What Kestrel's administrator has decided about sessions."""

from typing import Any

from helpline.core import Tx
from helpline.session_settings import actions

REASONS = [
    {"en": "Quick answer", "zh-TW": "回覆迅速"},
    {"en": "Friendly", "zh-TW": "親切"},
    {"en": "Knew what to do", "zh-TW": "專業"},
    {"en": "Had to wait", "zh-TW": "等太久"},
]
CLOCKS = {
    "contact_reminder": 300,
    "contact_timeout": 480,
    "agent_reminder": 180,
    "agent_escalation": 360,
    "service_limit": 1500,
}


def ask_for_ratings(tx: Tx, taiwan_id: str) -> None:
    """Whoever was served is asked what they thought; in Taiwan agents introduce themselves otherwise."""
    actions.change(tx, None, {"satisfaction": {"agent_invites": True, "after_close": True, "reasons": REASONS}})
    hello: dict[str, Any] = {
        "texts": {"zh-TW": "您好，我是$AgentName，很高興為您服務。", "en": "Hello, I am $AgentName."}
    }
    actions.change(tx, taiwan_id, {"prompts": {"connected": hello}})


def set_clocks(tx: Tx) -> None:
    """Silence has an end, and a service a limit. Decided last, so that no timer of the past is left."""
    actions.change(tx, None, {"closure": CLOCKS})
