"""The calls of the SignalOS server, judged by the whole answer, never by the status alone."""

import asyncio

from signalos_desktop.adapters.server.failures import bad_reply, refused
from signalos_desktop.adapters.server.transport import Reply, Transport
from signalos_desktop.domain.token import Token, shows
from signalos_desktop.domain.wire.server_json import (
    ReplyRefusedError,
    ServerUser,
    read_refusal,
    read_user,
)


class HttpServer:
    """Implements Server."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def me(self, token: Token) -> ServerUser:
        reply = await self._transport.get("me", "/api/me", token)
        # A full megabyte takes long enough to hold up a heartbeat.
        return await asyncio.to_thread(_judge_me, reply, token)

    async def close(self) -> None:
        await self._transport.close()


def _judge_me(reply: Reply, token: Token) -> ServerUser:
    if reply.status != 200:
        said = read_refusal(reply.content_type, reply.body)
        raise refused("me", reply.status, "" if shows(token, said) else said, reply.retry_after_s)
    try:
        user = read_user(reply.content_type, reply.body)
    except ReplyRefusedError as error:
        why = str(error)
    else:
        if not shows(token, user.username):
            return user
        why = "its username repeats the token"
    raise bad_reply("me", "an answer that repeats the token" if shows(token, why) else why, 200)
