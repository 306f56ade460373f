"""What came in a mail beside its words: files, and pictures that stand within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpline.channels.email.arriving import Mailed
from helpline.channels.email.sanitising import safe
from helpline.core import Tx
from helpline.files import File
from helpline.files.actions import attach
from helpline.intake.hearing import Heard, files_of


@dataclass(frozen=True)
class Enclosed:
    """The files of a mail."""

    files: Sequence[File]
    within: Mapping[str, str]
    """By Content-ID: the addresses of those that stand within its HTML."""
    attached: list[str]
    """Those that the message shows as files."""

    def safe(self, html: str) -> str:
        """The HTML of the mail, harmless, with its pictures; the images of other servers are still to be asked for."""
        return safe(html, inline=self.within, images=True).html if html else ""

    def are_of(self, message_id: str) -> None:
        """Note with each of them the message that it came with."""
        for one in self.files:
            one.source = {**one.source, "message_id": message_id}


def enclose(tx: Tx, event: Mailed, where: Heard) -> Enclosed:
    """The files of a mail that came. Pictures within it are shown there alone, unless there would be nothing else to show."""
    files = files_of(tx, where)
    within = {one.cid: where.files[n] for n, one in enumerate(event.mail.attachments) if one.cid}
    is_more = bool(event.text.strip()) or len(within) < len(files)
    apart = {one.id for one in within.values()} if is_more else set()
    attach(tx, sorted(apart))
    return Enclosed(
        files=files,
        within={cid: file.url for cid, file in within.items()},
        attached=[one.id for one in files if one.id not in apart],
    )
