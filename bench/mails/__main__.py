"""Is every mail taken in exactly once, and in the right place, while lines are cut and servers killed?

    python -m bench.mails [--mails 2000] [--database sqlite|postgresql] [--seed 1] [--port 8142]

Mails of all shapes come by SMTP and by being laid into two mailboxes of a real dovecot and postfix, while ``helpline serve`` reads
them; agents answer, customers answer that. Meanwhile lines are cut, dovecot, postfix and Helpline are killed, mailboxes numbered
anew. Prints one JSON object; the exit code is 0 only if each mail is there once, in its conversation, and no machine was answered.
"""

import argparse
import json
import sys

import msgspec

from bench.serving import DATABASES, fresh

from .run import cut, kill_helpline, kill_mail_server, kill_post, play, remake, renumber, storm_over

BLOWS = (
    (cut, kill_helpline, kill_mail_server, cut, renumber, kill_helpline),
    (cut, kill_post, kill_helpline),
    (kill_helpline, remake, kill_mail_server, cut),
    (cut, renumber, kill_helpline),
)


def main() -> None:
    """Play, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mails", type=int, default=2000)
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--port", type=int, default=8142)
    given = asked.parse_args()
    with (
        fresh(given.database) as settings,
        storm_over(msgspec.structs.replace(settings, port=given.port), given.seed) as storm,
    ):
        told = play(storm, given.mails, BLOWS)
    print(json.dumps({"database": given.database, **told}, ensure_ascii=False, indent=1))
    sys.exit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
