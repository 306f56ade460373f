"""A real mail server of its own for a test: Debian's dovecot, and postfix that delivers into it. Skipped where there is none."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path
from subprocess import DEVNULL

import pytest

from .ports import free_port

DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
protocols = imap
listen = 127.0.0.1
log_path = {folder}/dovecot.log
disable_plaintext_auth = no
mail_location = maildir:{folder}/boxes/%n
first_valid_uid = 1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service auth {{
  unix_listener {folder}/run/auth-smtp {{
    mode = 0666
  }}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/boxes/%n
}}
"""
NO_TLS = "ssl = no\n"
TLS = """
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
"""
PASSWORDS = "auth_mechanisms = plain login\n"
TOKENS = """
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""
INTROSPECTION = """
introspection_mode = post
introspection_url = http://127.0.0.1:{tokens}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = /tmp
myhostname = mail.helpline.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = shop.example, post.example
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
recipient_delimiter = +
message_size_limit = 30000000
minimal_backoff_time = 1s
queue_run_delay = 1s
default_transport = error:nobody beyond these boxes
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions =
  check_recipient_access inline:{{ {{ none@post.example = REJECT nobody of this name }} }},
  permit_mynetworks, reject
"""
MAIN_TLS = """
smtpd_tls_security_level = may
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/run/auth-smtp
"""
MASTER_TLS = """
127.0.0.1:{smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
tlsmgr unix - - n 1000? 1 tlsmgr
"""
MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def _there(program: str) -> str:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


WITH_DOVECOT = pytest.mark.skipif(
    not _there("dovecot") or os.geteuid() != 0, reason="dovecot is not installed, or may not be started"
)
WITH_POSTFIX = pytest.mark.skipif(
    not _there("postfix") or os.geteuid() != 0, reason="postfix is not installed, or may not be started"
)


@dataclass
class Boxes:
    """A mail server: every name has a mailbox, whose password is ``secret``."""

    folder: Path
    imap: int
    smtp: int = 0
    imaps: int = 0
    smtps: int = 0
    cert: tuple[Path, Path] | None = None

    def start(self) -> None:
        """Until it answers."""
        subprocess.run(
            [_there("dovecot"), "-c", self.folder / "dovecot.conf"],
            check=True,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        _until_open(self.imap)

    def stop(self) -> None:
        """At once, whoever is connected."""
        pid = int((self.folder / "run/master.pid").read_text())
        os.kill(pid, signal.SIGTERM)
        _until_shut(self.imap)

    def kill(self) -> None:
        """As a crash does it: connections and all."""
        kept = self.folder / "run/master.pid"
        if kept.exists():
            os.kill(int(kept.read_text()), signal.SIGSTOP)  # so that it begets no more while its children are counted
        for pid in _children(int(kept.read_text())) if kept.exists() else ():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        kept.unlink(missing_ok=True)
        _until_shut(self.imap)

    def cut(self) -> None:
        """End what is connected; the server goes on."""
        for pid in _children(int((self.folder / "run/master.pid").read_text()))[1:]:
            with suppress(FileNotFoundError, ProcessLookupError):  # some end by themselves meanwhile
                if Path(f"/proc/{pid}/comm").read_text().strip() in {"imap", "imap-login"}:
                    os.kill(pid, signal.SIGKILL)

    def start_post(self) -> None:
        """Have mails be taken and delivered, until it answers."""
        self._postfix("start", check=True)
        _until_open(self.smtp)

    def stop_post(self) -> None:
        """As an administrator does it."""
        self._postfix("stop", check=False)

    def kill_post(self) -> None:
        """As a crash does it: in the middle of a mail."""
        kept = self.folder / "queue/pid/master.pid"
        pid = int(kept.read_text())
        os.kill(pid, signal.SIGSTOP)
        for one in _children(pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        kept.unlink(missing_ok=True)
        _until_shut(self.smtp)

    def _postfix(self, what: str, *, check: bool) -> None:
        command = [_there("postfix"), "-c", self.folder / "postfix", what]
        subprocess.run(command, check=check, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)

    def box(self, name: str) -> IMAP4:
        """A connection to a mailbox, as its owner has it."""
        client = IMAP4("127.0.0.1", self.imap)
        client.login(name, "secret")
        return client

    def put(self, name: str, *mails: bytes) -> None:
        """Have mails lie in a mailbox."""
        with self.box(name) as client:
            for mail in mails:
                assert client.append("INBOX", "", "", mail)[0] == "OK"  # type: ignore[arg-type]  # no time: now

    def renew(self, name: str) -> None:
        """Give the inbox another UIDVALIDITY, as a restored or moved mailbox has; its mails stay."""
        box = self.folder / "boxes" / name
        for file in box.glob("dovecot*"):
            file.unlink()
        time.sleep(1.1)  # the new one is the time, in seconds


@contextmanager
def boxes(cert: tuple[Path, Path] | None = None, tokens: int = 0) -> Iterator[Boxes]:
    """A mail server that holds mailboxes; with a certificate and its key also in TLS. ``tokens`` is the port of a server that
    knows whether an access token is good.
    """
    # Not the test's own folder: the servers' sockets lie in theirs, and a socket's path may not be long.
    user, folder = pwd.getpwnam("nobody"), Path(tempfile.mkdtemp(prefix="mail-"))
    group = grp.getgrgid(user.pw_gid).gr_name
    (folder / "boxes").mkdir(mode=0o777)
    shutil.chown(folder / "boxes", user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    imap = free_port()
    names = {"login": "dovenull", "internal": "dovecot", "group": "dovecot"}
    server = Boxes(folder, imap, imaps=free_port() if cert else 0, cert=cert)
    said = TLS.format(cert=cert[0], key=cert[1]) if cert else NO_TLS
    said += TOKENS.format(folder=folder) if tokens else PASSWORDS
    said += DOVECOT.format(folder=folder, imap=imap, imaps=server.imaps, uid=user.pw_uid, gid=group, **names)
    (folder / "dovecot.conf").write_text(said)
    (folder / "oauth2.conf").write_text(INTROSPECTION.format(tokens=tokens))
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def with_postfix(server: Boxes, *names: str, others: str = "") -> Iterator[Boxes]:
    """The same with a server that takes mails for these names at shop.example and post.example.

    ``others`` is whose mailbox takes what is for anybody else at post.example.
    """
    user, folder = pwd.getpwnam("nobody"), server.folder
    config = folder / "postfix"
    for made in ("postfix", "queue", "data"):
        (folder / made).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    server.smtp = free_port()
    known = ", ".join(f"{{ {name}@{at} = {name}/ }}" for name in names for at in ("shop.example", "post.example"))
    known += f", {{ @post.example = {others}/ }}" if others else ""
    said = MAIN.format(folder=folder, boxes=known, uid=user.pw_uid, gid=user.pw_gid)
    master = MASTER.format(smtp=server.smtp)
    if server.cert is not None:
        server.smtps = free_port()
        said += MAIN_TLS.format(cert=server.cert[0], key=server.cert[1], folder=folder)
        master += MASTER_TLS.format(smtps=server.smtps)
    (config / "main.cf").write_text(said)
    (config / "master.cf").write_text(master)
    server.start_post()
    try:
        yield server
    finally:
        server.stop_post()


def _children(pid: int) -> list[int]:
    found = [pid]
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    for _ in range(3):
        found += [child for child, parent in pairs if parent in found and child not in found]
    return found


def _until_open(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the mail server did not start")


def _until_shut(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError("the mail server did not stop")
