"""The application: API and screens behind the guard, and every error as a sentence."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from watchword.errors import UnavailableError, UsageError, WatchwordError
from watchword.index import QueryError
from watchword.settings import Settings
from watchword.web.api import api
from watchword.web.guard import API, HEADERS, STATIC, Guard
from watchword.web.pages import error_page
from watchword.web.questions import first_problem
from watchword.web.screens import screens
from watchword.web.state import NotThereError, open_state

DESCRIPTION: Final = (
    "What Watchword collected, for programs. Everything is read-only. The query language is that of docs/search.md; "
    "docs/api.md says who is served. Errors are one sentence, with the place in the query where there is one."
)
STATUSES: Final[Mapping[type[WatchwordError], int]] = {NotThereError: 404, UsageError: 400, UnavailableError: 503}


def create_app(settings: Settings) -> FastAPI:
    """Return the application over what *settings* name; raise UsageError where there is nothing to show yet."""
    installation = open_state(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        installation.close()

    app = FastAPI(
        title="Watchword",
        version=version("watchword"),
        description=DESCRIPTION,
        openapi_url=f"{API}v1/openapi.json",
        # The pages that FastAPI makes load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.installation = installation
    app.add_middleware(Guard, settings=settings)
    app.include_router(api)
    app.include_router(screens)
    app.mount(STATIC, StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_exception_handler(WatchwordError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _unknown)
    return app


def _known(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 500)
    return _told(request, status, str(error), error.position if isinstance(error, QueryError) else None)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _told(request, 422, first_problem(list(error.errors())))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = "There is nothing at this address." if error.status_code == 404 else f"{error.detail}."
    return _told(request, error.status_code, said)


def _unknown(request: Request, _error: Exception) -> Response:
    """Answer for a fault of this program; it goes past the guard, and its trace is in the server's log."""
    told = _told(request, 500, "Something is wrong in Watchword itself; what the server printed says more.")
    told.headers.update(HEADERS)
    return told


def _told(request: Request, status: int, sentence: str, position: int | None = None) -> Response:
    """Return *sentence* as JSON for programs and as a page for people."""
    if request.url.path.startswith(API):
        return JSONResponse({"error": sentence, "position": position}, status)
    return error_page(status, sentence)
