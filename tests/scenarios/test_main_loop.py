"""The main loop from outside: a visitor writes, the right agent answers, a service record remains."""

import asyncio
import json
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from helpline.core import new_id
from tests.running import PATIENCE, Running


async def _until(socket: ClientConnection, found: Any) -> Any:
    while True:
        frame = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
        if (hit := found(frame)) is not None:
            return hit


async def _desk(running: Running, client: httpx.Client) -> ClientConnection:
    cookie = f"helpline_session={client.cookies['helpline_session']}"
    headers = {"cookie": cookie, "origin": running.url}
    socket = await connect(f"{running.ws_url}/api/live", additional_headers=headers)
    await socket.send(json.dumps({"type": "hello", "after": None, "watch": []}))
    await _until(socket, lambda frame: True if frame["type"] == "ready" else None)
    return socket


def _upserted(kind: str, key: str, value: Any) -> Any:
    def find(frame: dict[str, Any]) -> Any:
        rows = frame.get("upsert", {}).get(kind, [])
        return next((row for row in rows if row[key] == value), None)

    return find


async def _talk(running: Running, client: httpx.Client) -> dict[str, Any]:
    key = client.get("/api/channels").json()[0]["public_key"]
    visitor = client.post(f"/api/webchat/{key}/visitors", json={"name": "Amara"}).json()
    desk = await _desk(running, client)
    client.put("/api/me/availability", json={"state": "ready"}).raise_for_status()
    async with connect(f"{running.ws_url}/api/webchat/live") as chat:
        await chat.send(json.dumps({"type": "hello", "token": visitor["token"], "conversation_id": None, "after": 0}))
        snapshot = await _until(chat, lambda frame: frame if frame["type"] == "snapshot" else None)
        assert snapshot["conversation"] is None
        question = new_id()
        await chat.send(json.dumps({"type": "send", "id": question, "text": "Is it in stock? 有貨嗎"}))
        ack = await _until(chat, lambda frame: frame if frame["type"] == "ack" else None)
        assert ack["message"]["text"] == "Is it in stock? 有貨嗎"
        asked = await _until(desk, _upserted("message", "client_id", question))
        conversation_id = asked["conversation_id"]
        answer = {"id": new_id(), "text": "It is.", "seen_up_to": asked["seq"]}
        sent = client.post(f"/api/conversations/{conversation_id}/messages", json=answer)
        assert sent.status_code == 201, sent.text
        heard = await _until(
            chat, lambda frame: frame if frame["type"] == "message" and frame["message"]["by"] == "agent" else None
        )
        assert heard["message"]["text"] == "It is."
        record = await _until(desk, _upserted("record", "state", "open"))
        result = client.get("/api/results").json()[0]["id"]
        reason = next(row["id"] for row in client.get("/api/reasons").json() if row["parent_id"])
        done = client.post(
            f"/api/records/{record['id']}/complete", json={"result_id": result, "reason_ids": [reason], "notes": "ok"}
        )
        assert done.status_code == 200, done.text
        closed = await _until(
            chat, lambda frame: frame if frame.get("conversation", {}).get("state") == "closed" else None
        )
        assert closed["conversation"]["close_reason"] == "agent_closed"
    await desk.close()
    return dict(done.json())


def test_a_visitor_writes_an_agent_answers_and_a_record_remains(running: Running) -> None:
    client = running.set_up()
    record = asyncio.run(_talk(running, client))
    assert record["state"] == "completed"
    kept = client.get(f"/api/records/{record['id']}").json()
    assert [kept["result"]["label"], kept["notes"]] == ["Completed", "ok"]
    messages = client.get(f"/api/conversations/{kept['conversation_ids'][0]}/messages").json()["items"]
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    client.close()
