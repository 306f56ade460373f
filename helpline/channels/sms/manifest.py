"""What SMS can do, and what a number's owner fills in."""

from helpline.channels.contract import Capabilities, Kind, Setting

_TWILIO, _HTTP = ("twilio",), ("http",)

SMS = Kind(
    capabilities=Capabilities(
        files_by_url=True,
        most_text=1600,
        files={"image/": 5_000_000, "video/": 5_000_000, "audio/": 5_000_000},
        begins=True,
        addressed_by="phone",
        tells_delivered=True,
        joins=True,
        per_second=1.0,
    ),
    settings=(
        Setting(name="provider", kind="choice", choices=("twilio", "http"), default="twilio"),
        Setting(name="account_sid", required=True, most=64, of=_TWILIO),
        Setting(name="number", required=True, most=40),
        Setting(name="token", kind="secret", required=True, of=_TWILIO),
        Setting(name="hook_url", kind="url", of=_TWILIO),
        Setting(name="base_url", kind="url", of=_TWILIO),
        Setting(name="send_url", kind="url", required=True, of=_HTTP),
        Setting(name="send_as", kind="choice", choices=("json", "form", "query"), default="json", of=_HTTP),
        Setting(name="fields", kind="texts", default=["to={to}", "text={text}", "from={number}"], of=_HTTP),
        Setting(name="id_path", default="id", most=100, of=_HTTP),
        Setting(name="sign_in", kind="choice", choices=("header", "basic", "none"), default="header", of=_HTTP),
        Setting(name="auth_header", default="Authorization", most=100, of=_HTTP),
        Setting(name="user", most=200, of=_HTTP),
        Setting(name="auth_value", kind="secret", of=_HTTP),
        Setting(name="in_from", default="from", most=100, of=_HTTP),
        Setting(name="in_text", default="text", most=100, of=_HTTP),
        Setting(name="in_id", default="id", most=100, of=_HTTP),
        Setting(name="in_state", default="status", most=100, of=_HTTP),
        Setting(name="delivered_words", kind="texts", default=["delivered", "DELIVRD"], of=_HTTP),
        Setting(name="failed_words", kind="texts", default=["failed", "undelivered", "UNDELIV", "rejected"], of=_HTTP),
        Setting(name="verified_by", kind="choice", choices=("secret", "hmac"), default="secret", of=_HTTP),
        Setting(name="hook_header", default="X-Webhook-Secret", most=100, of=_HTTP),
        Setting(name="hook_secret", kind="secret", required=True, of=_HTTP),
    ),
    joins_at=_TWILIO,
    adapter="sms.providers:AnySms",
)
