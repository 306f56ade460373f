"""The story of a run: mails come in waves, are answered and answered again, and all the while something is cut or killed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from bench.cables import Cable
from bench.victims import Victim
from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.channels.email.mail import Mail
from helpline.core import Actor, Units
from tests.mail_servers import Boxes, boxes, with_postfix

from . import account
from .desk import Desk
from .letters import BOXES, Letter, Writer
from .post import CUSTOMERS, Post

PATIENCE = 240.0
"""Seconds without anything new, after which what is missing is lost."""
NOBODY = Actor("system", "")
Blow = Callable[["Storm"], None]


@dataclass
class Storm:
    """Everything that takes part."""

    server: Boxes
    cables: tuple[Cable, Cable]
    """To where mails are read, and to where they are handed over."""
    helpline: Victim
    units: Units
    home: Actor
    desk: Desk
    post: Post
    writer: Writer
    blows: list[str]

    def standing(self) -> account.Standing:
        """What there is now."""
        return self.units.read_now(self.home, account.standing)

    def put(self, letters: list[Letter], *blows: Blow) -> None:
        """Put letters in, with blows at even distances; then wait until what became of all can be seen."""
        for number, letter in enumerate(letters):
            for place, blow in enumerate(blows, 1):
                if number == len(letters) * place // (len(blows) + 1):
                    blow(self)
                    self.blows.append(blow.__name__)
            self.post.put(letter)
        self.wait()

    def wait(self) -> None:
        """Until every letter is somewhere; or nothing more comes."""
        last, since = -1, time.monotonic()
        while not account.is_here(self.writer.letters, there := self.standing()):
            left = len(account.missing(self.writer.letters, there)) + there.pending
            if left != last:
                last, since = left, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                return
            time.sleep(0.5 + len(self.writer.letters) / 500)  # to look is work too


def cut(storm: Storm) -> None:
    """The lines to the mail server break."""
    for cable in storm.cables:
        cable.cut()


def kill_helpline(storm: Storm) -> None:
    """It is killed, and started again."""
    storm.helpline.restart()


def kill_mail_server(storm: Storm) -> None:
    """Where mails lie, and started again."""
    storm.server.kill()
    storm.post.forget()
    storm.server.start()


def kill_post(storm: Storm) -> None:
    """What takes and delivers mails, and started again."""
    storm.server.kill_post()
    storm.post.forget()
    storm.server.start_post()


def renumber(storm: Storm) -> None:
    """The inbox gets another UIDVALIDITY, as when it was restored."""
    storm.server.kill()
    storm.post.forget()
    storm.server.renew("support")
    storm.server.start()


def remake(storm: Storm) -> None:
    """A folder is deleted, and made again with the same mails under other numbers."""
    storm.post.renew("sales", "Orders")


@contextmanager
def storm_over(settings: Settings, seed: int = 1) -> Iterator[Storm]:
    """Mail servers, a Helpline that reads two mailboxes of them, and the post."""
    settings = msgspec.structs.replace(settings, may_call="*", secret=settings.secret or "for benches only")
    with boxes() as server, with_postfix(server, *BOXES, others=CUSTOMERS):
        cables, post = (Cable(server.imap), Cable(server.smtp)), Post(server)
        for box in BOXES:
            post.make(box, "Orders")
        helpline, units = Victim(settings), Units(settings.url, CONSEQUENCES)
        desk = Desk(helpline.url)
        try:
            desk.set_up(_reached(*cables))
            while desk.folders() < 2 * len(BOXES):
                time.sleep(0.1)
            home = Actor.system(units.read_now(NOBODY, _only_workspace))
            yield Storm(server, cables, helpline, units, home, desk, post, Writer(seed=seed), [])
        finally:
            units.close()
            helpline.stop()
            post.forget()
            desk.client.close()
            for cable in cables:
                cable.close()


def _reached(reading: Cable, handing: Cable) -> dict[str, Any]:
    told: dict[str, Any] = {"imap_port": reading.port, "smtp_port": handing.port}
    return told | {
        f"{which}_{what}": said
        for which in ("imap", "smtp")
        for what, said in (("host", "127.0.0.1"), ("security", "none"))
    }


def _only_workspace(tx: Any) -> str:
    from helpline.app.cli.opening import workspaces

    ((id, _),) = workspaces(tx)
    return str(id)


def play(storm: Storm, many: int, blows: tuple[tuple[Blow, ...], ...]) -> dict[str, Any]:
    """The verdict on so many mails in three waves, with the blows of each."""
    began = time.monotonic()
    first, second = many * 55 // 100, many * 30 // 100
    openers = storm.writer.openers(first)
    storm.put(openers, *blows[0])
    texts = answer(storm, openers, many // 12, blows[1])
    replies = list(reply(storm, openers, second))
    storm.put(replies, *blows[2])
    rest = [*storm.writer.openers((many - first - second) // 2)]
    rest += reply_again(storm, [*openers, *replies], many - len(storm.writer.letters))
    storm.put(rest, *blows[3])
    again = [one for one in openers if one.id or one.way == "laid"]  # to what is sent without an id, a server gives one
    for letter in again[:: max(1, many // 40)]:
        for box in letter.boxes:
            storm.post.lay(box, letter.folder, letter.raw)
    storm.wait()
    return verdict(storm, texts, time.monotonic() - began)


def answer(storm: Storm, openers: list[Letter], many: int, blows: tuple[Blow, ...]) -> list[str]:
    """An agent answers so many people, twice each; what they wrote."""
    taken = {one.mark: one.conversation_id for one in storm.standing().taken}
    chosen = [one for one in openers if one.becomes == "message" and not one.automatic and one.mark in taken][:many]
    texts = []
    for number, letter in enumerate(chosen):
        for place, blow in enumerate(blows, 1):
            if number == len(chosen) * place // (len(blows) + 1):
                blow(storm)
                storm.blows.append(blow.__name__)
        storm.desk.take(taken[letter.mark])
        for text in (f"answer-{number * 2}", f"answer-{number * 2 + 1}"):
            storm.desk.answer(taken[letter.mark], text)
            texts.append(text)
    _until_sent(storm, texts)
    return texts


def _until_sent(storm: Storm, texts: list[str]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        there = storm.standing().sent
        waiting = [text for text in texts if there.get(text, "queued").split()[0] in {"queued", "sending"}]
        if not waiting:
            return
        time.sleep(0.5)


def reply(storm: Storm, openers: list[Letter], many: int) -> Iterator[Letter]:
    """The second wave: what goes on with what there is, in every way, and what only seems to."""
    writer, ours = storm.writer, _ours(storm.post.arrived())
    first = [one for one in openers if one.becomes == "message" and one.id and not _shared(one, openers)]
    for number in range(many):
        to = first[number % len(first)]
        own = ours.get(to.author)
        way = number // len(first) * 3 + number % 8
        yield _reply(writer, to, own, way % 8)


def _reply(writer: Writer, to: Letter, own: Mail | None, way: int) -> Letter:
    named = f"<{own.id if own else to.id}>"
    if way == 0:
        return writer.reply(to, In_Reply_To=named)
    if way == 1:
        return writer.reply(to, References=f"<other.unknown@post.example> {named}")
    if way == 2:
        return writer.reply(to, In_Reply_To=named, subject="Something else altogether")
    if way == 3:  # whoever was given our token may write from anywhere; others begin anew
        who = writer.person()
        return writer.reply(to, author=who, In_Reply_To=named, thread="" if own else who)
    if way == 4 and own:
        return writer.report(own.id, to, to.author)
    if way == 5:
        who = writer.person()
        return writer.reply(to, author=who, In_Reply_To=f"<{to.id}>", thread=who)
    if way == 6:
        return writer.reply(to, In_Reply_To=named, Auto_Submitted="auto-replied", subject="Out of office")
    who = f"{to.mark}/new"
    return writer.reply(to, thread=f"{who}{len(writer.letters)}", subject="Re: My lamp")  # points nowhere


def _shared(letter: Letter, letters: list[Letter]) -> bool:
    return sum(one.id == letter.id for one in letters) > 1


def _ours(arrived: list[Mail]) -> dict[str, Mail]:
    """The last mail of an agent that somebody got."""
    return {to.address: mail for mail in arrived for to in mail.to if "auto-submitted" not in mail.headers}


def reply_again(storm: Storm, letters: list[Letter], many: int) -> Iterator[Letter]:
    """The third wave: some conversations are closed, and gone on with; in others the same people go on."""
    taken = {one.mark: one.conversation_id for one in storm.standing().taken}
    openers = [one for one in letters if one.thread == one.mark and one.mark in taken and one.id]
    chosen = [one for one in openers if not one.automatic and not _shared(one, letters)]
    closed = set()
    for number in range(many):
        to = chosen[-1 - number % len(chosen)]
        follows = to.mark in closed
        if number % 5 == 0 and not follows and number < len(chosen):
            storm.desk.take(taken[to.mark])
            storm.desk.close(taken[to.mark])
            closed.add(to.mark)
            follows = True
        thread, after = (f"{to.mark}/2", to.thread) if follows else ("", "")
        yield storm.writer.reply(to, thread=thread, after=after, References=f"<{to.id}>")


def verdict(storm: Storm, texts: list[str], seconds: float) -> dict[str, Any]:
    """All that was counted, and whether all of it is right."""
    there, letters, arrived = storm.standing(), storm.writer.letters, storm.post.arrived()
    found = account.faults(letters, there) | account.outgoing(there, arrived, texts)
    found["answered_by_itself"] = account.answered(letters, arrived)
    greeted = sum("auto-submitted" in one.headers for one in arrived)
    states: dict[str, int] = {}
    for text in texts:
        state = there.sent.get(text, "nowhere").split()[0]
        states[state] = states.get(state, 0) + 1
    return {
        "mails": len(letters),
        "messages": len(there.taken),
        "conversations": len({one.conversation_id for one in there.taken}),
        "reports": len(there.reported),
        "quarantined": len(there.quarantined),
        "shapes": len({one.kind for one in letters}),
        "blows": storm.blows,
        "seconds": round(seconds, 1),
        "answers": states,
        "greeted": greeted,
        "faults": account.shortened(found),
        "ok": not any(found.values()) and greeted > 0,
    }
