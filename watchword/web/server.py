"""The server behind `watchword serve`: on a loopback address, until it is stopped."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from watchword.errors import UsageError
from watchword.settings import Settings

LOOPBACK: Final = "127.0.0.1"
# An export that is under way when the server is stopped has this long to end.
GRACE_SECONDS: Final = 5
BACKLOG: Final = 128


def run_server(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve what *settings* name on 127.0.0.1 at *port*, a free one where it is 0; *say* hears the address."""
    import uvicorn

    from watchword.web.app import create_app

    app = create_app(settings)
    listener = listening(port)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS, server_header=False)
    say(f"The desk is open at http://{LOOPBACK}:{listener.getsockname()[1]}/ for this machine; Ctrl+C closes it.")
    with listener, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run([listener])


def listening(port: int) -> socket.socket:
    """Return a socket that listens at *port*; raise UsageError where another program has it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        # Who asks from now on waits until the server is up.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(f"Port {port} cannot be used ({error.strerror}); choose another with --port.") from None
    return listener
