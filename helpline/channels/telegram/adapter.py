"""The adapter of Telegram."""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helpline.channels.calls import WITH_FILE, Call, in_json, make
from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw, Sign
from helpline.outside import Outside

from .reading import events_of
from .refusals import is_done_already, moved_to, result_of
from .writing import call_for, shown

LARGEST = 20 * 1024 * 1024
"""What a bot can download."""
HEARD = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"]


class Telegram(Adapter):
    """A bot."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By the secret that was given to Telegram with our address."""
        secret = account.secrets.get("webhook_secret", "")
        given = raw.headers.get("x-telegram-bot-api-secret-token", "")
        return bool(secret) and hmac.compare_digest(secret.encode(), given.encode())

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """The event of an update."""
        return events_of(raw.body)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """One message by one call; another one where its group has moved. Telegram cannot tell a second one from a first."""
        data = await asyncio.to_thread(out.files[0].path.read_bytes) if out.files else b""
        answer = await make(call_for(_bot(account), out, data), outside)
        if there := moved_to(answer):
            out = replace(out, to=there)
            answer = await make(call_for(_bot(account), out, data), outside)
        sent = result_of(answer)
        id = sent.get("message_id") if isinstance(sent, dict) else None
        return f"{out.to}:{id}" if id else ""

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """One call. What is so already is no refusal."""
        if (call := shown(_bot(account), sign)) is None:
            return
        try:
            result_of(await make(call, outside))
        except Failed as failed:
            if not is_done_already(failed):
                raise

    async def health(self, account: Account, outside: Outside) -> Health:
        """Who the bot is, and whether Telegram reaches us."""
        try:
            bot = result_of(await make(in_json(f"{_bot(account)}/getMe", {}), outside))
            hook = result_of(await make(in_json(f"{_bot(account)}/getWebhookInfo", {}), outside))
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        told = hook if isinstance(hook, dict) else {}
        # The last error stays there for ever; it matters as long as something waits for it.
        error = str(told.get("last_error_message") or "") if told.get("pending_update_count") else ""
        trouble = error if told.get("url") else "no_webhook"
        return Health(
            ok=not trouble, detail=trouble, name=f"@{bot.get('username', '')}" if isinstance(bot, dict) else ""
        )

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Set the bot's webhook, with the secret and for what is read here."""
        asked = {"url": hook, "secret_token": account.secrets.get("webhook_secret", ""), "allowed_updates": HEARD}
        result_of(await make(in_json(f"{_bot(account)}/setWebhook", asked), outside))

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file, by a path that Telegram names for an hour."""
        found = result_of(await make(in_json(f"{_bot(account)}/getFile", {"file_id": media["file_id"]}), outside))
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise Failed("permanent", "Telegram names no path for this file.")
        url = f"{_base(account)}/file/bot{account.secrets.get('token', '')}/{path}"
        answer = await make(Call(method="GET", url=url, within=WITH_FILE), outside, most=LARGEST)
        if answer.status != 200:
            raise Failed("temporary" if answer.status >= 500 else "permanent", f"HTTP {answer.status}")
        return Fetched(content=answer.body)


def _base(account: Account) -> str:
    return account.base("https://api.telegram.org")


def _bot(account: Account) -> str:
    return f"{_base(account)}/bot{account.secrets.get('token', '')}"
