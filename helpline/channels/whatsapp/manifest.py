"""What WhatsApp can do, and what a number's owner fills in."""

from datetime import timedelta

from helpline.channels.contract import Capabilities, Kind, Setting
from helpline.channels.signs import COMMON

_MB = 1024 * 1024

WHATSAPP = Kind(
    capabilities=Capabilities(
        most_text=4096,
        files={
            "image/jpeg": 5 * _MB,
            "image/png": 5 * _MB,
            "video/mp4": 16 * _MB,
            "video/3gpp": 16 * _MB,
            "audio/": 16 * _MB,
            "text/plain": 100 * _MB,
            "application/pdf": 100 * _MB,
            "application/msword": 100 * _MB,
            "application/vnd.ms-excel": 100 * _MB,
            "application/vnd.ms-powerpoint": 100 * _MB,
            "application/vnd.openxmlformats-officedocument": 100 * _MB,
        },
        choices=10,
        choice_length=20,
        begins=True,
        addressed_by="digits",
        templates=True,
        reply_window=timedelta(hours=24),
        tells_delivered=True,
        tells_read=True,
        joins=True,
        typing_lasts=25.0,
        shows_read=True,
        quotes="all",
        reactions=COMMON,
        per_second=60.0,
    ),
    settings=(
        Setting(name="provider", kind="choice", choices=("meta", "360dialog"), default="meta"),
        Setting(name="phone_number_id", required=True, most=40, of=("meta",)),
        Setting(name="business_account_id", most=40, of=("meta",)),
        Setting(name="token", kind="secret", required=True),
        Setting(name="app_secret", kind="secret", required=True),
        Setting(name="verify_token", kind="secret", made=True, of=("meta",)),
        Setting(name="base_url", kind="url"),
    ),
    adapter="whatsapp.adapter:WhatsApp",
)
