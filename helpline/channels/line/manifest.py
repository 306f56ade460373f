"""What LINE can do, and what an account's owner fills in."""

from helpline.channels.contract import Capabilities, Kind, Setting

LINE = Kind(
    capabilities=Capabilities(
        files_by_url=True,
        most_text=5000,
        files={"": 200 * 1024 * 1024},
        choices=13,
        choice_length=20,
        begins=True,
        tells_names=False,
        tells_duplicates=True,
        joins=True,
        typing_lasts=20.0,
        shows_read=True,
        quotes="marked",
        per_second=50.0,
    ),
    settings=(
        Setting(name="channel_secret", kind="secret", required=True),
        Setting(name="token", kind="secret", required=True),
        Setting(name="base_url", kind="url"),
    ),
    adapter="line.adapter:Line",
)
