"""Whether a mail server is who it says: its certificate, and what is said when that is not in order."""

import ssl

from helpline.channels.contract import Failed
from helpline.outside import Outside

_SELF_SIGNED, _UNKNOWN, _EXPIRED, _OTHER_NAME = {18, 19}, {2, 20, 21}, {10}, {62, 64}
"""OpenSSL's numbers of what is wrong with a certificate."""


def context(outside: Outside) -> ssl.SSLContext:
    """What certificates are held against: the authorities of the system, and those the installation names beside."""
    made = ssl.create_default_context()
    if outside.authorities:
        try:
            made.load_verify_locations(outside.authorities)
        except (OSError, ssl.SSLError) as error:
            raise Failed("auth", f"The authorities in {outside.authorities} cannot be read.") from error
    return made


def lost(error: BaseException, host: str) -> Failed:
    """What a connection broke off for, in a sentence where it is about who the server is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failed("auth", _about(cause, host), code="certificate")
        if isinstance(cause, ssl.SSLError) and cause.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:
            return Failed("temporary", f"{host} does not answer in TLS at this port. Try STARTTLS, or another port.")
        cause = cause.__cause__ or cause.__context__
    return Failed("temporary", str(error) or repr(error))


def _about(error: ssl.SSLCertVerificationError, host: str) -> str:
    code = error.verify_code
    if code in _OTHER_NAME:
        return f"The certificate of {host} is made out to another name."
    if code in _EXPIRED:
        return f"The certificate of {host} has expired."
    if code in _SELF_SIGNED:
        return f"The certificate of {host} is signed by itself, or by an authority that is not trusted here."
    if code in _UNKNOWN:
        return f"The certificate of {host} is from an authority that is not trusted here."
    return f"The certificate of {host} is not in order: {error.verify_message}."
