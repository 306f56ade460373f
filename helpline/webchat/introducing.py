"""Who a visitor is, as the site that embeds the chat says: vouched for by its signature, or only claimed."""

import hashlib
import hmac
from typing import Any

from helpline.contacts import Contact, ContactPoint
from helpline.contacts import actions as contacts
from helpline.contacts.queries import current, known_as
from helpline.conversations import State, identifying, queries
from helpline.conversations.messages import note_event
from helpline.core import Conflict, Forbidden, Tx

from .filling import KEPT, introduced
from .shapes import IdentityIn


class BadSignature(Forbidden):
    """The signature of this identity is not right: sign id, name and e-mail, joined by line breaks, with the channel's secret."""


class AnotherPerson(Conflict):
    """Somebody else has used the chat in this browser; begin anew for this one."""


def sign(secret: str, identity: IdentityIn) -> str:
    """What a site sends along to vouch for an identity: HMAC-SHA256 over id, name and e-mail, as hexadecimal digits."""
    said = "\n".join([identity.id, identity.name, identity.email])
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def check(secret: str, identity: IdentityIn) -> bool:
    """Whether the site vouches for it; a signature that is wrong is refused, one that is missing is not."""
    if not identity.signature:
        return False
    if not identity.id or not hmac.compare_digest(identity.signature.encode(), sign(secret, identity).encode()):
        raise BadSignature(field="signature")
    return True


def introduce(tx: Tx, identity: IdentityIn, *, verified: bool) -> None:
    """The site says who the visitor is. Signed, they are the contact it calls so; else it is what they claim."""
    (point,) = tx.lock(ContactPoint, tx.actor.id)
    claims = {name: getattr(identity, name).strip() for name in ("id", *KEPT)} | {"verified": verified}
    if point.claims == claims:
        return
    if point.claims.get("verified"):
        if point.claims.get("id") != claims["id"]:
            raise AnotherPerson
        if not verified:
            return  # a mere claim takes nothing from what is vouched for
    told = {name: claims[name] for name in KEPT if claims[name]}
    contacts.change_point(tx, point, claims=claims, answered=sorted({*point.answered, *told}), **told)
    contact = _vouched_for(tx, claims) if verified else tx.find(Contact, point.contact_id)
    identifying.link(tx, point.id, contact)
    conversation = queries.latest_of(tx, point.id)
    if conversation is not None and conversation.state != State.CLOSED:
        note_event(tx, conversation.id, **introduced(claims))


def _vouched_for(tx: Tx, claims: dict[str, Any]) -> Contact:
    said = {name: claims[name] for name in KEPT if claims[name]}
    known = known_as(tx, claims["id"])
    if known is None:
        return contacts.add(tx, **{"name": claims["id"][:200], **said}, external_id=claims["id"])
    said.pop("phone", None)  # not covered by the signature
    who = current(tx, known.id)
    if who is not known and who.external_id:  # merged into somebody whom the site calls otherwise: what is filled wins
        return who
    return contacts.change(tx, who.id, None, **said)
