"""Web: the HTTP API and the first screens, over the same functions as the command line; both only read.

    app = create_app(settings)                 for any ASGI server
    run_server(settings, 8000, print)          on 127.0.0.1, as `watchword serve` does

`docs/api.md` states the API and who is served.
"""

from watchword.web.app import create_app

__all__ = ["create_app"]
