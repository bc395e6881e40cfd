"""What the SMTP server of the tests does with mail, by the recipient's name.

Loaded by Debian's `aiosmtpd` (a mail server in its own right), which does all the talking:

    PYTHONPATH=here aiosmtpd -n -c smtp_peer.Peer -l 127.0.0.1:PORT MAILDIR [USER PASSWORD]
"""

import asyncio
from base64 import b64decode
from pathlib import Path

from aiosmtpd.smtp import AuthResult

REPLIES = {
    "greylisted": "451 4.7.1 Greylisted, come again",
    "full": "452 4.2.2 Mailbox of <{to}> is full",
    "nobody": "550 5.1.1 <{to}> User unknown",
}


class Peer:
    def __init__(self, maildir, login):
        self.dir = Path(maildir)
        self.login = login
        self.count = 0

    @classmethod
    def from_cli(cls, parser, maildir, *login):
        return cls(maildir, login)

    async def auth_PLAIN(self, server, args):
        given = args[1] if len(args) > 1 else await server.challenge_auth("")
        _, user, password = (b64decode(given) if isinstance(given, str) else given).split(b"\0")
        good = (user.decode(), password.decode()) == self.login
        return AuthResult(success=good, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name in REPLIES:
            return REPLIES[name].format(to=address)
        if name == "slow":
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(to.startswith("spam@") for to in envelope.rcpt_tos):
            return "554 5.7.1 Message refused as spam"
        self.count += 1
        name = f"{self.count:04}"
        # A reader never sees half a message.
        part = self.dir / f".{name}"
        head = f"X-Peer-From: {envelope.mail_from}\r\nX-Peer-To: {','.join(envelope.rcpt_tos)}\r\n"
        # The session knows of STARTTLS only, the transport of TLS from the first byte.
        secret = bool(session.ssl or server.transport.get_extra_info("ssl_object"))
        head += f"X-Peer-Secret: {secret}\r\nX-Peer-Port: {session.peer[1]}\r\n"
        part.write_bytes(head.encode() + envelope.original_content)
        part.rename(self.dir / f"{name}.eml")
        return f"250 2.0.0 Ok: queued as {name}"
