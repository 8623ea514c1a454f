"""Who may come in where others can reach the server: the holder of a token, or users with passwords.

Both come in the Authorization header: "Bearer TOKEN", or "Basic" with a user's name and password (a browser asks for
them; with a token, any name and the token as password). Passwords are kept as scrypt hashes (RFC 7914).
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import scrypt, sha256
from pathlib import Path
from threading import Lock

from index.errors import BadInput, OnrecordError

SHORTEST = 12
"""Characters of a token or password."""
ANY = "token"
"""The name of whoever holds the token."""

_N, _R, _P = 2**15, 8, 3
"""What OWASP's password storage cheat sheet gives for scrypt with 32 MiB; 0.2 s of one core."""
_MEMORY = 64 * 2**20
_NAME = re.compile(r"[\w.@-]{1,60}")
_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Keys:
    """A token (its SHA-256), users (name to hash), or both."""

    token: bytes | None = None
    users: Mapping[str, str] = field(default_factory=dict)
    _known: "OrderedDict[bytes, str]" = field(default_factory=OrderedDict, repr=False, compare=False)
    _turn: Lock = field(default_factory=Lock, repr=False, compare=False)

    def who(self, authorization: str | None) -> str | None:
        """The name of who sent this header, None for nobody known. Takes 0.2 s for a password not seen before."""
        if not authorization:
            return None
        seen = sha256(authorization.encode("utf-8", "surrogateescape")).digest()
        if known := self._known.get(seen):
            return known
        with self._turn:  # one at a time: each check takes 32 MiB
            name = self._check(authorization)
            if name is not None:
                self._known[seen] = name
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
            return name

    def _check(self, authorization: str) -> str | None:
        kind, _, sent = authorization.partition(" ")
        if kind.lower() == "bearer":
            return ANY if self._is_token(sent.strip()) else None
        name, password = _basic(sent) if kind.lower() == "basic" else ("", "")
        if self._is_token(password):
            return ANY
        stored = self.users.get(name)
        return name if stored and is_password(password, stored) else None

    def _is_token(self, sent: str) -> bool:
        return self.token is not None and hmac.compare_digest(_digest(sent), self.token)


def make_keys(token: str | None, users: Path | None) -> Keys | None:
    """The keys that a person named, None for none. Raises BadInput for a short token or a file that holds no users."""
    if token is not None and len(token) < SHORTEST:
        raise BadInput(f"the token has {len(token)} characters; give at least {SHORTEST} that nobody can guess")
    if token is None and users is None:
        return None
    return Keys(_digest(token) if token else None, read_users(users) if users else {})


def read_users(path: Path) -> dict[str, str]:
    """Name to hash, from a file with "name:hash" in each line. Raises BadInput where a line is anything else."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the users in {str(path)!r} cannot be read ({error})") from None
    users = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, stored = line.strip().partition(":")
        if not _NAME.fullmatch(name) or not _read_hash(stored):
            raise BadInput(f"{str(path)!r}, line {number}, is no user; write one with: onrecord user NAME --users FILE")
        users[name] = stored
    if not users:
        raise BadInput(f"{str(path)!r} names no user; write one with: onrecord user NAME --users FILE")
    return users


def check_name(name: str) -> None:
    """Raises BadInput for what is no user's name."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"{name!r} is no user's name; use letters, digits and . @ _ -")


def write_user(path: Path, name: str, password: str) -> None:
    """Puts the user into the file, which is made readable for its owner alone. Raises BadInput for what cannot be."""
    check_name(name)
    if len(password) < SHORTEST:
        raise BadInput(f"the password has {len(password)} characters; choose at least {SHORTEST}")
    users = read_users(path) if path.exists() else {}
    users[name] = hash_password(password)
    new = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{each}:{stored}\n" for each, stored in users.items())
        new.replace(path)
    except OSError as error:
        raise OnrecordError(f"the users cannot be written to {str(path)!r} ({error.strerror})") from error


def hash_password(password: str) -> str:
    """As it is kept: "scrypt$n$r$p$salt$hash"."""
    salt = os.urandom(16)
    made = scrypt(password.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32)
    return f"scrypt${_N}${_R}${_P}${b64encode(salt).decode()}${b64encode(made).decode()}"


def is_password(password: str, stored: str) -> bool:
    """Whether `stored` was made from this password."""
    read = _read_hash(stored)
    if read is None:
        return False
    n, r, p, salt, kept = read
    sent = password.encode("utf-8", "surrogatepass")
    return hmac.compare_digest(scrypt(sent, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=len(kept)), kept)


def _read_hash(stored: str) -> tuple[int, int, int, bytes, bytes] | None:
    try:
        kind, n, r, p, salt, kept = stored.split("$")
        read = int(n), int(r), int(p), b64decode(salt, validate=True), b64decode(kept, validate=True)
    except (ValueError, NotBase64):
        return None
    return read if kind == "scrypt" and 128 * read[0] * read[1] <= _MEMORY and len(read[4]) >= 16 else None


def _basic(sent: str) -> tuple[str, str]:
    try:
        name, _, password = b64decode(sent, validate=True).decode("utf-8").partition(":")
    except (ValueError, NotBase64):
        return "", ""
    return name, password


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()
