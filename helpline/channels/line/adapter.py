"""The adapter of LINE."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helpline.channels.calls import WITH_FILE, Call, in_json, make, object_in
from helpline.channels.contract import Account, Adapter, Event, Failed, Fetched, Health, Outbound, Raw, Sign
from helpline.channels.signs import Read, Typing
from helpline.outside import Outside

from .reading import events_of
from .refusals import TokenIsOver, failure, sent_id
from .writing import message_for

LARGEST = 200 * 1024 * 1024
LOADING = 20
"""Seconds; a message that comes ends it."""
_SEVERAL = {"C": "group", "R": "room"}
"""How addresses of several people begin, and what LINE calls such."""


class Line(Adapter):
    """An official account."""

    def verify(self, account: Account, raw: Raw) -> bool:
        """By the signature over the body."""
        secret = account.secrets.get("channel_secret", "")
        mac = base64.b64encode(hmac.new(secret.encode(), raw.body, hashlib.sha256).digest())
        return bool(secret) and hmac.compare_digest(mac, raw.headers.get("x-line-signature", "").encode())

    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """All events of a call."""
        return events_of(raw.body)

    async def send(self, account: Account, out: Outbound, outside: Outside) -> str:
        """By the reply token while it is good, as that costs nothing; else pushed, with a key by which LINE tells it apart."""
        message = message_for(out)
        token, until = out.reply_with.get("token"), out.reply_with.get("until", 0)
        if token and out.at.timestamp() < until:
            try:
                return await self._say(account, "reply", {"replyToken": token, "messages": [message]}, {}, outside)
            except TokenIsOver:
                pass
        try:
            key = {"x-line-retry-key": out.key}
            return await self._say(account, "push", {"to": out.to, "messages": [message]}, key, outside)
        except TokenIsOver as never:
            raise Failed("permanent", "LINE speaks of a reply token where there is none.") from never

    async def health(self, account: Account, outside: Outside) -> Health:
        """Who the account is, and how many of its messages of this month are left."""
        try:
            bot = await _get(account, "/v2/bot/info", outside)
            quota = await _get(account, "/v2/bot/message/quota", outside)
            used = (await _get(account, "/v2/bot/message/quota/consumption", outside)).get("totalUsage", 0)
            heard = await self._is_heard(account, outside)
        except Failed as failed:
            return Health(ok=False, detail=failed.detail)
        limit = quota.get("value")
        detail = f"{used} / {limit}" if limit is not None else ""
        left = not isinstance(limit, int) or not isinstance(used, int) or used < limit
        if left and not heard:
            return Health(ok=False, detail="webhook_off", name=str(bot.get("displayName", "")))
        return Health(ok=left, detail=detail, name=str(bot.get("displayName", "")))

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Set the account's webhook, and have LINE try it. That it is used at all can be switched on in LINE's console only."""
        url = f"{account.base('https://api.line.me')}/v2/bot/channel/webhook"
        put = replace(in_json(f"{url}/endpoint", {"endpoint": hook}, _vouched(account)), method="PUT")
        await _told(put, outside)
        tried = await _told(in_json(f"{url}/test", {}, _vouched(account)), outside)
        if tried.get("success") is not True:
            raise Failed("permanent", f"{tried.get('reason', '')}: {tried.get('detail', '')}")

    async def _is_heard(self, account: Account, outside: Outside) -> bool:
        """Whether LINE tells what happens to anybody."""
        try:
            return (await _get(account, "/v2/bot/channel/webhook/endpoint", outside)).get("active") is not False
        except Failed as failed:
            if failed.code == "404":
                return False
            raise

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The file, while LINE keeps it; a video is not ready at once."""
        if url := media.get("url"):
            call = Call(method="GET", url=str(url), within=WITH_FILE)
        else:
            base = account.base("https://api-data.line.me")
            url = f"{base}/v2/bot/message/{media['id']}/content"
            call = Call(method="GET", url=url, headers=_vouched(account), within=WITH_FILE)
        answer = await make(call, outside, most=LARGEST)
        if answer.status == 202:
            raise Failed("temporary", "LINE is still preparing this file.", retry_after=5.0, code="202")
        if answer.status != 200:
            raise failure(answer.status, object_in(answer.body))
        return Fetched(content=answer.body, media_type=answer.headers.get("content-type", ""))

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """That it is being worked on, to a person but not to a group; or that all has been read."""
        if isinstance(sign, Typing) and sign.to.startswith("U"):
            await self._tell(account, "loading/start", {"chatId": sign.to, "loadingSeconds": LOADING}, outside)
        elif isinstance(sign, Read) and (token := sign.about.tokens.get("read")):
            await self._tell(account, "markAsRead", {"markAsReadToken": token}, outside)

    async def _tell(self, account: Account, what: str, said: dict[str, Any], outside: Outside) -> None:
        url = f"{account.base('https://api.line.me')}/v2/bot/chat/{what}"
        answer = await make(in_json(url, said, _vouched(account)), outside)
        if answer.status not in {200, 202}:
            raise failure(answer.status, object_in(answer.body))

    async def name_of(self, account: Account, address: str, outside: Outside, *, member: str = "") -> str:
        """As the person, or the group, calls itself; a room has no name. Of members also who is no friend of the account."""
        kind = _SEVERAL.get(address[:1], "")
        if kind and member:
            found = await _get(account, f"/v2/bot/{kind}/{address}/member/{member}", outside)
        elif kind:
            found = await _get(account, f"/v2/bot/group/{address}/summary", outside) if kind == "group" else {}
        else:
            found = await _get(account, f"/v2/bot/profile/{address}", outside)
        return str(found.get("displayName") or found.get("groupName") or "")

    async def _say(
        self, account: Account, how: str, said: dict[str, Any], headers: Mapping[str, str], outside: Outside
    ) -> str:
        url = f"{account.base('https://api.line.me')}/v2/bot/message/{how}"
        return sent_id(await make(in_json(url, said, {**_vouched(account), **headers}), outside))


async def _get(account: Account, path: str, outside: Outside) -> dict[str, Any]:
    url = account.base("https://api.line.me") + path
    return await _told(Call(method="GET", url=url, headers=_vouched(account)), outside)


async def _told(call: Call, outside: Outside) -> dict[str, Any]:
    answer = await make(call, outside)
    if answer.status != 200:
        raise failure(answer.status, object_in(answer.body))
    return object_in(answer.body)


def _vouched(account: Account) -> dict[str, str]:
    return {"authorization": f"Bearer {account.secrets.get('token', '')}"}
