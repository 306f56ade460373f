"""Which sites may embed a web chat."""

from urllib.parse import urlsplit


def is_allowed(origin: str | None, allowed: list[str], own_host: str) -> bool:
    """Whether a page of ``origin`` may use the channel: this install itself, or one of the ``allowed`` domains.

    ``*.example.com`` stands for every subdomain. Programs outside a browser send no origin; the list is not about them.
    """
    if not origin:
        return True
    try:
        address = urlsplit(origin)
        host, place = address.hostname, address.netloc.lower()
    except ValueError:
        return False
    if not host or address.scheme not in {"http", "https"}:
        return False
    if place == own_host.lower():
        return True
    return any(_matches(host, place, domain) for domain in allowed)


def _matches(host: str, place: str, domain: str) -> bool:
    if domain.startswith("*."):
        return host.endswith(domain[1:])
    return place == domain if ":" in domain else host == domain
