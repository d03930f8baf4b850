"""Settings: one table that the command line, the documentation and validation all read.

Every setting is an environment variable `WATCHWORD_<NAME>`; `WATCHWORD_HOME/settings.env` may hold the same lines.
"""

import os
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from watchword.errors import UsageError

PREFIX = "WATCHWORD_"
# Variables that the DAG files read; they are no settings of the commands.
OF_SCHEDULES = ("COMMAND", "RETRY_SECONDS", "SCHEDULE")
# How much of a mistyped name is that of a setting; a variable of somebody's own, a key for a service, is less like one.
LIKELY = 0.75


class Settings(BaseSettings):
    """What a user may set; the description of each field is its documentation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    home: Path = Field(
        default=Path("~/.local/share/watchword"),
        description="Folder of state, runs, keys, lists and the embedded index.",
    )
    sources: str = Field(
        default="",
        description="Folders or files of source catalogues, separated by `:`; empty means the catalogue that ships.",
    )
    database_url: str = Field(
        default="", description="SQLAlchemy URL of the state database; empty means SQLite in the home folder."
    )
    elasticsearch_url: str = Field(
        default="", description="URL of an Elasticsearch 9 cluster; empty means the embedded index in the home folder."
    )
    elasticsearch_index: str = Field(
        default="watchword", description="Name of the alias that the documents are indexed under."
    )
    elasticsearch_api_key: SecretStr = Field(default=SecretStr(""), description="API key for Elasticsearch.")
    elasticsearch_user: str = Field(default="", description="User name at Elasticsearch, where no API key is set.")
    elasticsearch_password: SecretStr = Field(default=SecretStr(""), description="Password at Elasticsearch.")
    elasticsearch_ca: str = Field(default="", description="File with the certificate authority of the cluster.")
    elasticsearch_fingerprint: str = Field(
        default="", description="SHA-256 fingerprint of the cluster's certificate, in place of an authority."
    )
    elasticsearch_client_certificate: str = Field(
        default="", description="File with the certificate that Watchword shows the cluster."
    )
    elasticsearch_client_key: str = Field(default="", description="File with the key of that certificate.")
    elasticsearch_shards: int = Field(default=1, ge=1, le=64, description="Primary shards of a new index.")
    elasticsearch_rollover_gb: int = Field(
        default=40, ge=1, description="Size of a primary shard, in GB, at which the next index begins."
    )
    elasticsearch_rollover_days: int = Field(
        default=365, ge=1, description="Age of an index, in days, at which the next one begins."
    )
    elasticsearch_snapshot_repository: str = Field(
        default="", description="Name of the snapshot repository that `watchword index snapshot` writes to."
    )
    elasticsearch_snapshot_location: str = Field(
        default="", description="Folder of that repository, on the nodes; empty where the cluster has it already."
    )
    elasticsearch_snapshots_kept: int = Field(
        default=14, ge=1, description="Snapshots of Watchword that are kept; older ones are deleted."
    )
    contact: str = Field(
        default="", description="Address or URL that the crawler names in its User-Agent; needed for public hosts."
    )
    delay: float = Field(
        default=1.0, ge=0, description="Seconds between two requests to one host, unless its source says more."
    )
    timeout: float = Field(default=60.0, gt=0, description="Seconds that one response may take.")
    timestamp_url: str = Field(
        default="",
        description="Address of a time-stamping authority (RFC 3161) that attests each sealed run; empty means none.",
    )
    crawl_processes: int = Field(default=2, ge=1, le=64, description="Crawl processes that run side by side.")
    extract_workers: int = Field(default=2, ge=1, le=64, description="Worker processes that extract text.")
    resolve: str = Field(
        default="",
        description="Addresses of local test hosts, `name=127.0.0.2:8080,…`; only sources marked `local` use them.",
    )
    models: str = Field(
        default="auto",
        description="spaCy pipelines for names: `auto` (those that ship or are trained), `none`, or `en=NAME,ru=NAME`.",
    )
    smtp_host: str = Field(default="", description="Mail server for alerts; empty means that no e-mail is sent.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How the connection to the mail server is protected: `starttls`, `tls` or `none`.",
    )
    smtp_user: str = Field(default="", description="User name at the mail server.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password at the mail server.")
    mail_from: str = Field(default="watchword@localhost", description="Sender address of alert mails.")
    api_tokens: str = Field(
        default="", description="File of the HTTP API's tokens; empty means `api-tokens` in the home folder."
    )

    @property
    def folder(self) -> Path:
        """The home folder with `~` expanded."""
        return self.home.expanduser()

    @property
    def runs(self) -> Path:
        """The folder that holds a folder a run."""
        return self.folder / "runs"

    @property
    def database(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.folder / 'state.sqlite'}"

    @property
    def has_state(self) -> bool:
        """Say whether there is a state database: a file in the home, or a URL of one elsewhere."""
        return bool(self.database_url) or (self.folder / "state.sqlite").exists()

    @property
    def addresses(self) -> dict[str, str]:
        """The mapping that `resolve` states, host name to address and port."""
        pairs = (pair.split("=", 1) for pair in self.resolve.split(",") if "=" in pair)
        return {name.strip(): address.strip() for name, address in pairs}

    @property
    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for a child process that must have the same."""
        return {f"{PREFIX}{name.upper()}": _plain(getattr(self, name)) for name in type(self).model_fields}

    @property
    def source_folders(self) -> list[Path]:
        """The files and folders that `sources` names."""
        return [Path(part).expanduser() for part in self.sources.split(":") if part]


def default_text(name: str) -> str:
    """Return the default of the setting *name* as the documentation shows it."""
    default = _plain(Settings.model_fields[name].default)
    return f"`{default}`" if default else "empty"


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


@lru_cache(maxsize=8)
def _load(env_file: Path, _environment: tuple[tuple[str, str], ...]) -> Settings:
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{'_'.join(str(part) for part in first['loc']).upper()}"
        raise UsageError(
            f"{name}={first['input']!r}: {first['msg']}; docs/settings.md lists what is possible."
        ) from None


def load_settings() -> Settings:
    """Return the settings of this process; raise UsageError for a value that cannot be, and for a mistyped name."""
    environment = tuple(sorted((k, v) for k, v in os.environ.items() if k.startswith(PREFIX)))
    home = Path(os.environ.get(f"{PREFIX}HOME", "~/.local/share/watchword")).expanduser()
    file = home / "settings.env"
    lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    named = (line.removeprefix("export ").partition("=")[0].strip() for line in lines if "=" in line)
    for name in (*(name for name, _ in environment), *named):
        _hold_against(name)
    return _load(file, environment)


def _hold_against(name: str) -> None:
    """Raise UsageError where *name* is no setting and nearly one: it would be without effect, and nobody would hear."""
    known = [*(field.upper() for field in Settings.model_fields), *OF_SCHEDULES]
    short = name.upper().removeprefix(PREFIX)
    close = get_close_matches(short, known, n=1, cutoff=LIKELY)
    if name.upper().startswith(PREFIX) and short not in known and close:
        raise UsageError(f"{name} is no setting; did you mean {PREFIX}{close[0]}? docs/settings.md lists all.")
