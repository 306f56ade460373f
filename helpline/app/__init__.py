"""Composition: settings, consequences, the job loop, web, live updates, the command line. Knows everything, decides nothing."""

import sys

if "rich" not in sys.modules:
    # structlog would load it, to draw what our logs never show: five megabytes of every server. ``None`` says: not there.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog as structlog

    del sys.modules["rich"]
