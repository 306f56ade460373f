"""What Telegram can do, and what a bot's owner fills in."""

from helpline.channels.contract import Capabilities, Kind, Setting

_MB = 1024 * 1024

TELEGRAM = Kind(
    capabilities=Capabilities(
        most_text=4096,
        files={"image/": 10 * _MB, "": 50 * _MB},
        choices=30,
        begins=True,
        typing_lasts=5.0,
        quotes="all",
        reactions=("👍", "❤", "😁", "🤔", "😢", "🙏", "🎉"),
        joins=True,
        edits=True,
        takes_back=True,
        per_second=25.0,
    ),
    settings=(
        Setting(name="token", kind="secret", required=True),
        Setting(name="webhook_secret", kind="secret", required=True, made=True),
        Setting(name="base_url", kind="url"),
    ),
    adapter="telegram.adapter:Telegram",
)
