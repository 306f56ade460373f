"""Routes about the files of messages."""

from helpline.core import Tx
from helpline.core.router import Routes
from helpline.files import File, FileOut
from helpline.files.actions import NothingToFetch, ask_again
from helpline.files.shapes import file_out

from . import queries
from .amending import put_file
from .models import Message

routes = Routes(tag="Files")


@routes.post("/files/{id:str}/fetch", permission="conversation.reply", status=200)
def fetch(tx: Tx, id: str) -> FileOut:
    """Ask a channel's provider again for a file that a contact sent, which could not be fetched."""
    message_id = tx.get(File, id).source.get("message_id")
    if message_id is None:
        raise NothingToFetch
    queries.servable(tx, tx.get(Message, message_id).conversation_id)
    file = file_out(ask_again(tx, id))
    put_file(tx, message_id, file)
    return file
