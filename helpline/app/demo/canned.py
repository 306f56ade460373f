"""What is said often at Kestrel Outdoor."""

from helpline.core import Tx

from ..canned_texts import FIRST, CannedText, share
from .cast import ORDERS, RETURNS, TAIWAN

SHOP = [
    CannedText(
        "replacement",
        "Replacement on its way",
        "Good news, $ContactName: your new one leaves today. Please hand the damaged one to the driver, or use the label"
        " within 30 days.",
    ),
    CannedText(
        "return-label", "Return label", "Here is a return label. It costs you nothing, and you don’t need the old box."
    ),
    CannedText(
        "send-back",
        "How to send it back",
        "How would you like to send it back, $ContactName?",
        ("By post", "In the shop", "Pick it up"),
    ),
    CannedText(
        "refund-time",
        "Refund times",
        "As soon as your parcel is back with us, $ContactName, the money is on its way: three to five working days by card,"
        " two by bank transfer.",
    ),
    CannedText(
        "reship", "Reship by express", "I am sending it again by express. You get the tracking number by e-mail."
    ),
]
CARE = [
    CannedText(
        "wash-down", "Washing down", "At 30 °C with down wash, twice rinsed, then in the dryer with two tennis balls."
    ),
    CannedText(
        "sizing", "Between two sizes", "Between two sizes take the larger one, $ContactName; exchanges are free."
    ),
]
IN_TAIWAN = [
    CannedText(
        "換貨",
        "換貨已寄出",
        "$ContactName 您好，新品今天就會寄出，瑕疵品請交給送貨人員，或於 30 天內使用退貨標籤寄回。",
    ),
    CannedText("退貨標籤", "退貨標籤", "這是退貨標籤，您不需負擔運費，也不必保留原包裝。"),
    CannedText("退款時間", "退款時間", "我們收到包裹後，信用卡退款約需三至五個工作天，轉帳約需兩天。"),
    CannedText("尺寸", "尺寸介於兩號之間", "若介於兩個尺寸之間，建議選擇較大的，$ContactName，換貨免費。"),
]


def write_down(tx: Tx, agent_id: str, teams: dict[str, str]) -> None:
    """Share them with those who need them."""
    share(tx, agent_id, "en", FIRST["en"])
    share(tx, agent_id, "zh-TW", FIRST["zh-TW"])
    share(tx, agent_id, "en", SHOP, [teams[ORDERS], teams[RETURNS]])
    share(tx, agent_id, "en", CARE, [teams[ORDERS]])
    share(tx, agent_id, "zh-TW", IN_TAIWAN, [teams[TAIWAN]])
