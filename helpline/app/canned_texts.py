"""The canned responses that a fresh workspace begins with."""

from typing import NamedTuple

from helpline.canned_responses import actions
from helpline.canned_responses.models import Language
from helpline.core import Tx


class CannedText(NamedTuple):
    """A shortcut and what it stands for."""

    shortcut: str
    title: str
    text: str
    choices: tuple[str, ...] = ()


FIRST: dict[Language, list[CannedText]] = {
    "en": [
        CannedText("hello", "Greeting", "Hello $ContactName, this is $AgentName. How can I help you?"),
        CannedText("order-number", "Ask for the order number", "Could you tell me your order number, please?"),
        CannedText(
            "photo-request", "Ask for a photo", "Could you send me a photo of it? The paper clip below attaches one."
        ),
        CannedText("moment", "One moment", "Thank you. One moment, please, I am looking into it."),
        CannedText("anything-else", "Anything else?", "Is there anything else I can do for you?"),
        CannedText("goodbye", "Goodbye", "Thank you for writing, $ContactName. Have a good day!"),
    ],
    "zh-TW": [
        CannedText("您好", "問候", "$ContactName 您好，我是 $AgentName，請問需要什麼協助？"),
        CannedText("訂單編號", "詢問訂單編號", "方便提供您的訂單編號嗎？"),
        CannedText("照片", "請對方提供照片", "方便傳一張照片給我嗎？點下方的迴紋針即可附加。"),
        CannedText("稍等", "請稍候", "謝謝您，請稍候，我馬上為您查詢。"),
        CannedText("其他", "還需要其他協助嗎", "請問還有其他需要協助的地方嗎？"),
        CannedText("再見", "道別", "感謝您的來訊，$ContactName，祝您有美好的一天！"),
    ],
}


def share(
    tx: Tx, agent_id: str, language: Language, texts: list[CannedText], team_ids: list[str] | None = None
) -> None:
    """Share these with everybody, or with these teams."""
    shared = {"shared_with": "teams", "team_ids": team_ids} if team_ids else {"shared_with": "everybody"}
    for text in texts:
        actions.add(
            tx, agent_id=agent_id, language=language, **text._asdict() | {"choices": list(text.choices)}, **shared
        )
