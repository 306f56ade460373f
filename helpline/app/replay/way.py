"""The nodes of an installation, as one party reaches them."""

from collections.abc import Sequence


class Way:
    """To one of the nodes; and, when that one is gone, to the next."""

    def __init__(self, nodes: Sequence[str], start: int) -> None:
        self._nodes, self._at = nodes, start % len(nodes)

    @property
    def url(self) -> str:
        """Where the node is."""
        return self._nodes[self._at]

    @property
    def live(self) -> str:
        """The same for WebSockets."""
        return f"ws{self.url.removeprefix('http')}"

    def turn(self) -> None:
        """Try the next one."""
        self._at = (self._at + 1) % len(self._nodes)
