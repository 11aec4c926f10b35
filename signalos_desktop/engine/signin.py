"""Signing in, in one place: tidy the token, ask the server whose it is, keep it in the keyring."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from signalos_desktop.domain.server_address import AddressRefusedError, ServerAddress, read_address
from signalos_desktop.domain.token import (
    Token,
    TokenRefusedError,
    check_expiry,
    span_words,
    tidy_token,
)
from signalos_desktop.domain.wire.server_json import ServerUser
from signalos_desktop.domain.wire.sign_in_record import (
    RecordDamagedError,
    SignInRecord,
    decode_record,
    encode_record,
)
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.signin_ports import (
    Secrets,
    SecretsUnavailableError,
    Server,
    ServerFailedError,
)

ENTRY = "sign-in"
_AGAIN = "Sign in again with a token from the dashboard"


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """What became of a wish, in words without the token. kept: the keyring has the token."""

    ok: bool
    code: str
    text: str
    next_step: str = ""
    user: ServerUser | None = None
    kept: bool = False


class SignIn:
    """Who is signed in. Used on one loop; wishes are served one after another."""

    def __init__(
        self, secrets: Secrets, connect: Callable[[ServerAddress], Server], clock: Clock
    ) -> None:
        self._secrets = secrets
        self._connect = connect
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._current: SignInRecord | None = None

    @property
    def current(self) -> SignInRecord | None:
        """The sign-in that the server has confirmed in this session."""
        return self._current

    async def sign_in(self, pasted: bytes, url: str) -> SignInAnswer:
        """Use and keep this token, if the server takes it; else the old sign-in stays."""
        async with self._one_at_a_time:
            try:
                server, token = read_address(url), tidy_token(pasted)
                check_expiry(token, self._clock.now())
                record = SignInRecord(server, await self._ask(server, token), token)
            except AddressRefusedError as error:
                return _bad_address(error)
            except (TokenRefusedError, ServerFailedError) as error:
                return SignInAnswer(False, error.code, str(error), error.next_step)
            self._current = record
            return await self._keep(record)

    async def restore(self, url: str) -> SignInAnswer | None:
        """Use the sign-in of the keyring, if it is for this server and holds; None: there is none.

        It stays in the keyring whatever the server says: only forget() and sign_in() change that.
        """
        async with self._one_at_a_time:
            try:
                server, kept = read_address(url), await self._secrets.get(ENTRY)
                if kept is None:
                    return None
                record = decode_record(kept)
                if record.server != server:
                    return _elsewhere(record, server)
                check_expiry(record.token, self._clock.now())
                user = await self._ask(server, record.token)
            except AddressRefusedError as error:
                return _bad_address(error)
            except RecordDamagedError as error:
                return SignInAnswer(False, "SIGN_IN_DAMAGED", f"SIGN_IN_DAMAGED: {error}", _AGAIN)
            except SecretsUnavailableError as error:
                return _unavailable(error, "whether there is a sign-in is not known")
            except (TokenRefusedError, ServerFailedError) as error:
                return SignInAnswer(False, error.code, str(error), error.next_step, kept=True)
            if user.id != record.user.id:
                return _other_user(record, user)
            self._current = SignInRecord(server, user, record.token)
            return self._signed_in(self._current, kept=True)

    async def forget(self) -> SignInAnswer:
        """Sign out: nothing of the token stays in memory or in the keyring."""
        async with self._one_at_a_time:
            had_one, self._current = self._current is not None, None
            try:
                deleted = await self._secrets.delete(ENTRY)
            except SecretsUnavailableError as error:
                return _unavailable(error, "a token may still be kept there")
            if deleted or had_one:
                return SignInAnswer(True, "SIGNED_OUT", "signed out, the token is deleted")
            return SignInAnswer(True, "SIGNED_OUT", "nobody was signed in")

    async def _ask(self, address: ServerAddress, token: Token) -> ServerUser:
        server = self._connect(address)
        try:
            return await server.me(token)
        finally:
            await server.close()

    async def _keep(self, record: SignInRecord) -> SignInAnswer:
        try:
            await self._secrets.put(ENTRY, encode_record(record))
        except SecretsUnavailableError as error:
            return SignInAnswer(
                True,
                error.code,
                f"{error.code}: token kept for this session only ({error})",
                error.next_step,
                record.user,
            )
        return self._signed_in(record, kept=True)

    def _signed_in(self, record: SignInRecord, *, kept: bool) -> SignInAnswer:
        expires = record.token.expires
        ends = f", expires in {span_words(expires - self._clock.now())}" if expires else ""
        text = f"signed in as {_who(record.user)} at {record.server}{ends}"
        return SignInAnswer(True, "SIGNED_IN", text, "", record.user, kept)


def _who(user: ServerUser) -> str:
    return f"{user.username} (user {user.id})"


def _bad_address(error: AddressRefusedError) -> SignInAnswer:
    return SignInAnswer(
        False, "SERVER_ADDRESS", f"SERVER_ADDRESS: {error}", "Correct the server's address"
    )


def _unavailable(error: SecretsUnavailableError, so: str) -> SignInAnswer:
    return SignInAnswer(False, error.code, f"{error.code}: {error}; {so}", error.next_step)


def _elsewhere(record: SignInRecord, server: ServerAddress) -> SignInAnswer:
    text = f"SIGN_IN_ELSEWHERE: the token kept is for {record.server}, it is not sent to {server}"
    return SignInAnswer(False, "SIGN_IN_ELSEWHERE", text, _AGAIN, kept=True)


def _other_user(record: SignInRecord, user: ServerUser) -> SignInAnswer:
    text = (
        f"SERVER_OTHER_USER: the token was {_who(record.user)}'s, and the server now says "
        f"{_who(user)}: it is not used"
    )
    return SignInAnswer(False, "SERVER_OTHER_USER", text, _AGAIN, kept=True)
