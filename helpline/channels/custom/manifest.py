"""What a channel of one's own can do, and what it wants to be told."""

from helpline.channels.contract import Capabilities, Kind, Setting
from helpline.channels.signs import COMMON

_LARGEST = 20 * 1024 * 1024

API = Kind(
    capabilities=Capabilities(
        files_by_url=True,
        files={"": _LARGEST},
        files_with_text=True,
        choices=20,
        begins=True,
        tells_duplicates=True,
        tells_delivered=True,
        tells_read=True,
        typing_lasts=5.0,
        shows_read=True,
        quotes="all",
        reactions=COMMON,
        edits=True,
        takes_back=True,
    ),
    settings=(
        Setting(name="url", kind="url", required=True),
        Setting(name="secret", kind="secret", required=True),
    ),
    adapter="custom.adapter:Custom",
)
