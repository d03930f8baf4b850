"""Snapshots of the indices on a cluster, into the repository that the settings name."""

from datetime import UTC, datetime

from watchword.errors import UsageError
from watchword.index.cluster_client import PREFIX, Connection
from watchword.settings import Settings

# A snapshot of a large index takes minutes; each later one only what is new.
SNAPSHOT_SECONDS = 3_600


def take(settings: Settings) -> str:
    """Take a snapshot of the index, delete those beyond the number that is kept, and return its name."""
    repository = settings.elasticsearch_snapshot_repository
    if not settings.elasticsearch_url or not repository:
        raise UsageError(f"Snapshots need {PREFIX}_URL and {PREFIX}_SNAPSHOT_REPOSITORY; docs/settings.md has both.")
    connection = Connection(settings)
    try:
        _register(connection, repository, settings.elasticsearch_snapshot_location)
        _check(connection, repository)
        name = f"{settings.elasticsearch_index}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
        with connection.asking():
            slow = connection.client.options(request_timeout=SNAPSHOT_SECONDS)
            slow.snapshot.create(
                repository=repository,
                snapshot=name,
                indices=settings.elasticsearch_index,
                include_global_state=False,
                wait_for_completion=True,
            )
        for old in held(connection, settings)[: -settings.elasticsearch_snapshots_kept]:
            with connection.asking():
                connection.client.snapshot.delete(repository=repository, snapshot=old)
    finally:
        connection.close()
    return name


def held(connection: Connection, settings: Settings) -> list[str]:
    """Return the names of the snapshots of this index, the oldest first."""
    with connection.asking():
        found = connection.client.snapshot.get(
            repository=settings.elasticsearch_snapshot_repository, snapshot=f"{settings.elasticsearch_index}-2*"
        )
    return sorted(str(snapshot["snapshot"]) for snapshot in found["snapshots"])


def _register(connection: Connection, repository: str, location: str) -> None:
    if location:
        with connection.asking():
            connection.client.snapshot.create_repository(
                name=repository, repository={"type": "fs", "settings": {"location": location}}
            )


def _check(connection: Connection, repository: str) -> None:
    """Raise UsageError where the cluster knows no repository of that name."""
    with connection.asking():
        known = list(connection.client.options(ignore_status=404).snapshot.get_repository())
    if repository not in known:
        raise UsageError(
            f"{connection.url} has no snapshot repository {repository!r}, but {', '.join(known) or 'none at all'}; "
            f"register it there, or set {PREFIX}_SNAPSHOT_LOCATION to a folder of the cluster's path.repo."
        )
