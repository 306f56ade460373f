"""Files of contacts over HTTP: what a server does not give now it is asked for later, and what was given up by hand."""

from tests.app.test_lines import Line, line, of_contact
from tests.listening import eventually
from tests.outside.listener import Asked, Listener

__all__ = ["line"]

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def test_a_server_that_is_busy_is_asked_again_and_what_was_given_up_can_be_asked_for(line: Line) -> None:
    answers = {"/busy.png": [503, 429, 200], "/gone.png": [404, 200]}

    def answer(asked: Asked) -> None:
        status = answers[asked.path].pop(0)
        asked.say(PNG if status == 200 else {}, status)

    with Listener(answer) as files:
        base = files.url.removesuffix("/assign")
        given = [{"url": f"{base}{path}", "name": f"{path[1:]}"} for path in answers]
        line.write("kim", "", files=given)
        (conversation,) = eventually(line.conversations)

        def states() -> list[str]:
            return [one["state"] for one in of_contact(line, conversation["id"])["files"]]

        eventually(lambda: states() == ["here", "missing"])
        gone = of_contact(line, conversation["id"])["files"][1]
        assert gone["trouble"] == "HTTP 404"
        address = f"/api/files/{gone['id']}/fetch"
        assert line.admin.post(address).json()["state"] == "awaited"
        eventually(lambda: states() == ["here", "here"])
    again = line.admin.post(address)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_fetch")  # NothingToFetch


def test_a_file_waits_for_room(line: Line) -> None:
    asked_for: list[str] = []

    def answer(asked: Asked) -> None:
        asked_for.append(asked.path)
        asked.say(PNG)

    assert line.admin.patch("/api/workspace", json={"storage_limit": 50}).is_success
    with Listener(answer) as files:
        line.write("kim", "", files=[{"url": f"{files.url.removesuffix('/assign')}/a.png", "name": "a.png"}])
        (conversation,) = eventually(line.conversations)
        eventually(lambda: len(asked_for) >= 2)
        assert [one["state"] for one in of_contact(line, conversation["id"])["files"]] == ["awaited"]
        assert line.admin.patch("/api/workspace", json={"storage_limit": None}).is_success
        eventually(lambda: [one["state"] for one in of_contact(line, conversation["id"])["files"]] == ["here"])
