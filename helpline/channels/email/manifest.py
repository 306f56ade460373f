"""What a mailbox can do, and what it wants to be told."""

from helpline.channels.contract import Capabilities, Kind, Setting

_LARGEST = 20 * 1024 * 1024
_SECURITY = ("tls", "starttls", "none")

EMAIL = Kind(
    capabilities=Capabilities(
        most_text=1_000_000,
        files={"": _LARGEST},
        files_with_text=True,
        begins=True,
        addressed_by="email",
        tells_delivered=True,
        live=False,
    ),
    settings=(
        Setting(name="address", kind="email", required=True, most=254),
        Setting(name="sender_name", most=120),
        Setting(name="aliases", kind="texts"),
        Setting(name="signature", most=2000),
        Setting(name="quote", kind="switch", default=True),
        Setting(name="reply_tags", kind="switch", default=False),
        Setting(name="imap_host", most=253),
        Setting(name="imap_port", kind="number", default=0, most=65535),
        Setting(name="imap_security", kind="choice", default="tls", choices=_SECURITY),
        Setting(name="imap_user", most=254),
        Setting(name="imap_password", kind="secret"),
        Setting(name="imap_folders", kind="texts"),
        Setting(name="smtp_host", most=253),
        Setting(name="smtp_port", kind="number", default=0, most=65535),
        Setting(name="smtp_security", kind="choice", default="tls", choices=_SECURITY),
        Setting(name="smtp_user", most=254),
        Setting(name="smtp_password", kind="secret"),
        Setting(name="sign_in", kind="choice", default="password", choices=("password", "oauth2")),
        Setting(name="oauth_token_url", kind="url"),
        Setting(name="oauth_client_id", most=300),
        Setting(name="oauth_client_secret", kind="secret"),
        Setting(name="oauth_refresh_token", kind="secret", renewed=True),
        Setting(name="oauth_scope", most=500),
        Setting(name="http_secret", kind="secret"),
    ),
    adapter="email.adapter:Email",
)
