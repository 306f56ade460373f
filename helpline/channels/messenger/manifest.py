"""What Messenger and Instagram can do, and what an account's owner fills in."""

from datetime import timedelta

from helpline.channels.contract import Capabilities, Kind, Setting
from helpline.channels.signs import COMMON

_MB = 1024 * 1024
_SETTINGS = (
    Setting(name="page_id", required=True, most=40),
    Setting(name="token", kind="secret", required=True),
    Setting(name="app_secret", kind="secret", required=True),
    Setting(name="verify_token", kind="secret"),
    Setting(name="base_url", kind="url"),
)
# A person may answer for a week, under the tag of human agents; what is automatic only for a day.
_WEEK = timedelta(days=7)

MESSENGER = Kind(
    capabilities=Capabilities(
        files_by_url=True,
        most_text=2000,
        files={"": 25 * _MB},
        choices=13,
        choice_length=20,
        begins=True,
        reply_window=_WEEK,
        tells_names=False,
        tells_delivered=True,
        tells_read=True,
        joins=True,
        typing_lasts=20.0,
        shows_read=True,
        reactions=COMMON,
        per_second=40.0,
    ),
    settings=_SETTINGS,
    adapter="messenger.adapter:Messenger",
)
INSTAGRAM = Kind(
    capabilities=Capabilities(
        files_by_url=True,
        # Bytes there; this many characters of any script fit.
        most_text=250,
        files={"image/": 8 * _MB, "video/": 25 * _MB, "audio/": 25 * _MB},
        choices=13,
        choice_length=20,
        begins=True,
        reply_window=_WEEK,
        tells_names=False,
        tells_read=True,
        joins=True,
        typing_lasts=20.0,
        shows_read=True,
        # The only one that a business can put.
        reactions=("❤️",),
        per_second=20.0,
    ),
    settings=_SETTINGS,
    adapter="messenger.adapter:Instagram",
)
