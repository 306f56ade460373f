"""``helpline mail``: mails put in by hand, by the door through which mailboxes put them in."""

import asyncio
import mailbox
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from helpline.channels import Channel, queries
from helpline.channels.accounts import Sealed, sealed_of
from helpline.channels.contract import Account, Raw
from helpline.core import Actor, Tx, Units
from helpline.mails.shapes import BecameOut

from ..logs import configure
from ..settings import Settings, load, secret_of
from .console import out
from .opening import opened, workspace_named
from .say import Refused
from .serve import ConfigFile, Data, Database

mail = typer.Typer(no_args_is_help=True, help="Put mails in that lie in files.")


@mail.command("import")
def import_mails(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, help="Raw mails (.eml), or mailboxes (mbox) full."),
    ],
    channel: Annotated[str | None, typer.Option(help="The mailbox's name or address, if there are several.")] = None,
    workspace: Annotated[str | None, typer.Option(help="The workspace's name, if there are several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each mail.")] = False,
    data: Data = None,
    database: Database = None,
    config: ConfigFile = None,
) -> None:
    """Take mails in as if they had come to a mailbox just now, each once; also while Helpline runs.

    What cannot be read as a mail waits in quarantine, and is no mistake of the command.
    """
    settings = load(config, data=data, database=database)
    configure(settings.log)
    units = opened(settings)
    try:
        home = Actor.system(workspace_named(units, workspace))
        sealed = units.read_now(home, _mailbox, channel)
        asyncio.run(_take_in(units, settings, home, sealed, files, as_json=as_json))
    finally:
        units.close()


async def _take_in(
    units: Units, settings: Settings, home: Actor, sealed: Sealed, files: list[Path], *, as_json: bool
) -> None:
    # Imported here, because no other command reads mails or works lines off.
    from helpline.channels.kinds import adapter_of
    from helpline.core.tokens import Signer
    from helpline.files.storage import Storage
    from helpline.intake.actions import keep
    from helpline.mails.outcomes import became
    from helpline.outside import Outside

    from ..lines.access import Access
    from ..lines.pace import Pace
    from ..lines.taking_in import take_in
    from ..lines.world import World

    storage, signer = Storage(settings.data / "files"), Signer(secret_of(settings))
    units.signer = signer
    world = World(units, signer, Outside(settings.may_call), storage, settings.address, defaultdict(Pace))
    account = Account(channel_id=sealed.channel_id, settings=sealed.settings, secrets={})  # to read takes no password
    access = Access(sealed.kind, account, adapter_of(sealed.kind))
    for file in files:
        for number, body in enumerate(_mails(file), 1):
            raw = Raw(body=body, headers={"x-imported-from": file.name[:200]})
            id = await units.run(home, keep, sealed.channel_id, raw)
            events = await take_in(world, home, access, id, raw)
            _tell(file, number, await units.read(home, became, id, events), as_json=as_json)


def _mails(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened_file:
            is_mbox = opened_file.read(5) == b"From "
        if is_mbox:
            with closing(mailbox.mbox(file, create=False)) as box:
                yield from map(box.get_bytes, box.keys())
        else:
            yield file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None


def _tell(file: Path, number: int, became: BecameOut, *, as_json: bool) -> None:
    if as_json:
        told = {"file": str(file), "number": number, **msgspec.to_builtins(became)}
        return typer.echo(msgspec.json.encode(told).decode())
    who = f"{became.contact.name} <{became.contact.address}>" if became.contact else became.why.partition("\n")[0]
    machine = became.written if became.automatic else ""
    said = filter(None, [became.outcome.replace("_", " "), machine, who, became.conversation_id])
    return out.print(f"{file}: {', '.join(said)}", highlight=False, markup=False, soft_wrap=True)


def _mailbox(tx: Tx, name: str | None) -> Sealed:
    there = queries.all_of(tx, Channel)
    boxes = [row for row in there if row.kind == "email"]
    names = ", ".join(row.name for row in boxes)
    if not boxes:
        raise Refused("There is no mailbox yet; make a channel of the kind e-mail first.")
    found = [row for row in boxes if name in {None, row.name, row.id, row.settings.get("address")}]
    if len(found) > 1:
        raise Refused(f"There are several mailboxes; say which one with --channel: {names}.")
    if not found and name in {row.name for row in there}:
        raise Refused(f"{name} is no mailbox; there is {names}.")
    if not found:
        raise Refused(f"There is no channel {name}; there is {names}.")
    sealed = sealed_of(tx, found[0].id)
    if not sealed.active:
        raise Refused(f"The mailbox {found[0].name} is switched off.")
    return sealed
