"""What our side said to a contact outside of Helpline: put into the conversation, unless it is an echo of what went out here."""

import msgspec

from helpline.channels.inbound import SaidElsewhere
from helpline.conversations import Inbound
from helpline.conversations.elsewhere import overhear
from helpline.conversations.messages import find_sent
from helpline.conversations.particulars import Elsewhere, Particulars, preview
from helpline.core import Tx
from helpline.delivery.echoing import recognise

from .hearing import Heard, any_of, dated, enter, files_of, keep_as_it_came
from .points import id_of, point_of


@enter.register
def _said_elsewhere(event: SaidElsewhere, tx: Tx, where: Heard) -> None:
    channel, at = where.channel, where.time_of(event)
    if find_sent(tx, channel.id, event.external_id):
        return
    to, has_files = id_of(tx, channel.id, event.who.address), bool(event.media)
    if recognise(tx, channel.id, event.external_id, event.key, to, text=event.text, has_files=has_files, at=at):
        return
    point, elsewhere = point_of(tx, channel, event.who), Elsewhere(app=event.by[:100])
    particulars = msgspec.convert({**event.details, "elsewhere": elsewhere}, Particulars)
    if event.answers and (answered := any_of(tx, channel.id, event.answers)):
        particulars = msgspec.structs.replace(particulars, reply_to=answered)
    if particulars.unsupported:
        particulars = msgspec.structs.replace(particulars, payload=where.payload_id)
        keep_as_it_came(tx, where)
    files = files_of(tx, where)
    said = Inbound(
        contact_point_id=point.id,
        external_id=event.external_id,
        text=event.text,
        file_ids=[file.id for file in where.files],
        details=dated(particulars, at, tx.now),
        preview=preview(particulars),
    )
    message = overhear(tx, point, said, elsewhere, at)
    for row in files:
        row.source = {**row.source, "message_id": message.id}
