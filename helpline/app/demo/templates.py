"""The texts that WhatsApp approved for the demo's shop, or has still to look at, or refused."""

from helpline.channels.templates import Template as Known
from helpline.channels.whatsapp.templates import template_in

from ..simulating_channels.whatsapp.templates import Template

_TRACK = {"type": "URL", "text": "Follow it", "url": "https://kestrel.example/parcels/{{1}}"}
_ANSWERS = [{"type": "QUICK_REPLY", "text": text} for text in ("That suits me", "Another day")]
TEMPLATES = [
    Template("parcel_on_its_way", "en", "Hello {{1}}, your order {{2}} has left our warehouse.", buttons=[_TRACK]),
    Template("parcel_on_its_way", "es", "Hola {{1}}, tu pedido {{2}} ha salido de nuestro almacén."),
    Template(
        "repair_finished",
        "en",
        "Hello {{name}}, your {{article}} is repaired. May we send it back on {{day}}?",
        header="Our workshop",
        buttons=_ANSWERS,
    ),
    Template("still_interested", "en", "Hello {{1}}, can we help you any further?", state="PENDING"),
    Template("winter_sale", "en", "Hello {{1}}, everything at HALF price!", state="REJECTED", category="MARKETING"),
]


def known() -> list[Known]:
    """The same as Helpline knows them once they were fetched."""
    return [found for one in TEMPLATES if (found := template_in(one.told()))]
