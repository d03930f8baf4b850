"""The connection to a cluster: credentials, TLS, the version check, and errors as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from elasticsearch import (
    ApiError,
    AuthenticationException,
    BadRequestError,
    Elasticsearch,
    TransportError,
    UnsupportedProductError,
)

from watchword.errors import UnavailableError, UsageError
from watchword.index.patterns import EXPANDED
from watchword.settings import Settings

OLDEST_MAJOR = 9
# Seconds that one request may take: a page of a scan on a busy cluster takes a few.
REQUEST_SECONDS = 60
PREFIX = "WATCHWORD_ELASTICSEARCH"
# What Lucene says of a pattern in a phrase that fits more words than it looks up.
TOO_MANY = "expanded to too many terms"


class Connection:
    """The client of one cluster; `asking` turns its errors into sentences."""

    def __init__(self, settings: Settings) -> None:
        self.hosts = [host.strip() for host in settings.elasticsearch_url.split(",") if host.strip()]
        self.url = ", ".join(self.hosts)
        try:
            self._client = Elasticsearch(
                self.hosts, request_timeout=REQUEST_SECONDS, retry_on_timeout=True, max_retries=2, **secured(settings)
            )
        except (ValueError, OSError) as error:
            raise UsageError(f"The settings of Elasticsearch cannot be used: {error}.") from None

    @cached_property
    def client(self) -> Elasticsearch:
        """The client, once the cluster was seen to be one that Watchword can use."""
        major = self.version.partition(".")[0]
        if not major.isdigit() or int(major) < OLDEST_MAJOR:
            raise UsageError(
                f"{self.url} runs Elasticsearch {self.version}; Watchword needs {OLDEST_MAJOR} or later. "
                f"Upgrade it, or leave {PREFIX}_URL empty for the embedded index."
            )
        return self._client

    @cached_property
    def version(self) -> str:
        """The version that the cluster tells."""
        with self.asking():
            try:
                return str(self._client.info()["version"]["number"])
            except BadRequestError:
                # Older servers refuse the media type of this client; asked plainly they tell their version.
                plain = self._client.transport.perform_request("GET", "/", headers={"accept": "application/json"})
                return str(plain.body["version"]["number"])

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Turn the client's errors into those of Watchword: away for now, wrongly set, or a query that is too much."""
        try:
            yield
        except UnsupportedProductError:
            raise UsageError(f"{self.url} is not Elasticsearch; {PREFIX}_URL names the server.") from None
        except TransportError as error:
            raise UnavailableError(
                f"Elasticsearch at {self.url} does not answer ({error.message}); nothing is lost, run it again later."
            ) from error
        except AuthenticationException:
            raise UsageError(
                f"Elasticsearch at {self.url} refuses the credentials; "
                f"set {PREFIX}_API_KEY, or {PREFIX}_USER and {PREFIX}_PASSWORD."
            ) from None
        except BadRequestError as error:
            raise UsageError(f"Elasticsearch cannot answer this: {reason_of(error)}.") from error
        except ApiError as error:
            if TOO_MANY in reason_of(error):
                raise UsageError(EXPANDED) from None
            raise UnavailableError(f"Elasticsearch at {self.url} refused the request: {reason_of(error)}.") from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def secured(settings: Settings) -> dict[str, Any]:
    """Return the client's options for credentials and TLS."""
    for name in ("ca", "client_certificate", "client_key"):
        path = getattr(settings, f"elasticsearch_{name}")
        if path and not Path(path).is_file():
            raise UsageError(f"{PREFIX}_{name.upper()}={path!r}: there is no such file.")
    key = settings.elasticsearch_api_key.get_secret_value()
    password = settings.elasticsearch_password.get_secret_value()
    options = {
        "api_key": key,
        "basic_auth": (settings.elasticsearch_user, password) if settings.elasticsearch_user and not key else None,
        "ca_certs": settings.elasticsearch_ca,
        "ssl_assert_fingerprint": settings.elasticsearch_fingerprint,
        "client_cert": settings.elasticsearch_client_certificate,
        "client_key": settings.elasticsearch_client_key,
    }
    return {name: value for name, value in options.items() if value}


def reason_of(error: ApiError) -> str:
    """Return the innermost reason that the server gives."""
    body = error.body if isinstance(error.body, dict) else {}
    return reason_in(body.get("error")) or str(error)


def reason_in(error: Any) -> str:
    """Return the innermost reason of an error object."""
    if not isinstance(error, dict):
        return str(error or "")
    causes = error.get("root_cause") or [error.get("caused_by")]
    inner = reason_in(causes[0]) if causes[0] and causes[0] is not error else ""
    return inner or str(error.get("reason") or error.get("type") or "")
