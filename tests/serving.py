"""A real server on a free port of this machine, for the tests that go through the network."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from ui.desk import Desk
from ui.listening import address_of, listen
from ui.server import create_app


@contextmanager
def serving(desk: Desk, **limits: Any) -> Iterator[str]:
    """The address of a server over `desk`, stopped at the end; `limits` as `create_app` takes them."""
    listener = listen("127.0.0.1", 0)
    host, port = address_of(listener)
    ready = threading.Event()
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        server = uvicorn.Server(
            uvicorn.Config(create_app(desk, **limits), log_level="warning", timeout_graceful_shutdown=1)
        )
        servers.append(server)
        ready.set()  # connections wait in the listener's queue until they are accepted
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert ready.wait(60), "the server did not start"
        yield f"http://{host}:{port}"
    finally:
        servers[0].should_exit = True
        thread.join(30)
        listener.close()
