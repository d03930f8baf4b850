"""Indices on a cluster: a generation is a row of them behind an alias, made from a template, rolled over as it grows.

`watchword` is the alias; `watchword-v3.1-000001` is the first index of generation 1 with the fields of version 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from index_mappings.fields import VERSION, elasticsearch_mapping
from watchword.errors import DamagedError
from watchword.index.cluster_client import Connection
from watchword.settings import Settings

BUILDING = "building"
# Documents that are looked up at a time; Elasticsearch gives 10,000 hits at most.
LOOKED_UP = 5_000


@dataclass(frozen=True)
class Limits:
    """How an index is cut: its shards, and the size (in GB) and age (in days) at which the next one begins."""

    shards: int
    gigabytes: int
    days: int


class Indices:
    """The indices behind one alias."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self.connection = connection
        self.alias = settings.elasticsearch_index
        self.limits = Limits(
            settings.elasticsearch_shards, settings.elasticsearch_rollover_gb, settings.elasticsearch_rollover_days
        )

    @property
    def building(self) -> str:
        """The alias of a generation that is being filled."""
        return f"{self.alias}-{BUILDING}"

    def behind(self, alias: str) -> list[str]:
        """Return the indices behind *alias*, the one that is written to last."""
        with self.connection.asking():
            try:
                found = self.connection.client.indices.get_alias(name=alias)
            except NotFoundError:
                return []
        return sorted(found)

    def present(self) -> list[str]:
        """Return the indices in force; raise DamagedError where another version made them."""
        found = self.behind(self.alias)
        if any(is_stale(self.alias, name) for name in found):
            raise DamagedError(
                f"The index {self.alias!r} on {self.connection.url} was made by another version of Watchword; "
                "'watchword index migrate' makes it anew while the old one answers."
            )
        return found

    def writable(self) -> list[str]:
        """Return the indices in force, the first one made where there is none, the next one begun where it is time."""
        found = self.present()
        if not found:
            self.create(next_generation(self.alias, found), self.alias)
            return self.behind(self.alias)
        return self.behind(self.alias) if self.roll_over(self.alias) else found

    def create(self, name: str, alias: str) -> None:
        """Make the index *name* from the template, behind *alias*; do nothing where another process was faster."""
        self.put_template()
        with self.connection.asking():
            try:
                self.connection.client.indices.create(index=name, aliases={alias: {"is_write_index": True}})
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise

    def put_template(self) -> None:
        """Store the template that every index of this version is made from."""
        mapping = elasticsearch_mapping()
        settings = {**mapping["settings"], "number_of_shards": self.limits.shards, "auto_expand_replicas": "0-1"}
        with self.connection.asking():
            self.connection.client.indices.put_index_template(
                name=f"{self.alias}-v{VERSION}",
                index_patterns=[f"{self.alias}-v{VERSION}.*"],
                template={"settings": settings, "mappings": mapping["mappings"]},
                priority=500,
            )

    def roll_over(self, alias: str) -> bool:
        """Begin the next index behind *alias* where the present one is large or old enough; say whether it was."""
        conditions = {"max_primary_shard_size": f"{self.limits.gigabytes}gb", "max_age": f"{self.limits.days}d"}
        with self.connection.asking():
            rolled = self.connection.client.indices.rollover(alias=alias, conditions=conditions)
        return bool(rolled["rolled_over"])

    def where(self, indices: Sequence[str], identifiers: Sequence[str]) -> dict[str, str]:
        """Return the index that holds each document, among *indices*."""
        if not indices or not identifiers:
            return {}
        with self.connection.asking():
            self.connection.client.indices.refresh(index=list(indices))
        held: dict[str, str] = {}
        for first in range(0, len(identifiers), LOOKED_UP):
            held |= self._where(indices, identifiers[first : first + LOOKED_UP])
        return held

    def _where(self, indices: Sequence[str], identifiers: Sequence[str]) -> dict[str, str]:
        asked = {"ids": {"values": list(identifiers)}}
        with self.connection.asking():
            found = self.connection.client.search(index=list(indices), query=asked, size=len(identifiers), source=False)
        return {str(hit["_id"]): str(hit["_index"]) for hit in found["hits"]["hits"]}

    def begin(self) -> None:
        """Begin a new generation behind the building alias, in place of one that was left unfinished."""
        unfinished = [name for name in self.behind(self.building) if name not in self.behind(self.alias)]
        self.delete(unfinished)
        self.create(next_generation(self.alias, self.behind(self.alias)), self.building)

    def put_in_force(self) -> list[str]:
        """Let the alias name the generation that was built, in one step; return the indices of the one before."""
        old, new = self.behind(self.alias), self.behind(self.building)
        with self.connection.asking():
            self.connection.client.indices.refresh(index=new)
        self._point(new, old)
        return old

    def put_back(self, old: Sequence[str]) -> None:
        """Let the alias name the indices *old* again, and delete those that were in force instead."""
        new = [name for name in self.behind(self.alias) if name not in old]
        self._point(old, new)
        self.delete(new)

    def _point(self, to: Sequence[str], away_from: Sequence[str]) -> None:
        actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": self.alias}} for name in away_from]
        for name in to:
            written = name == to[-1]
            actions.append({"add": {"index": name, "alias": self.alias, "is_write_index": written}})
            actions.append({"remove": {"index": name, "alias": self.building, "must_exist": False}})
        with self.connection.asking():
            self.connection.client.indices.update_aliases(actions=actions)

    def delete(self, names: Sequence[str]) -> None:
        """Delete the indices *names*."""
        if names:
            with self.connection.asking():
                self.connection.client.indices.delete(index=list(names), ignore_unavailable=True)

    def drop(self) -> None:
        """Delete all that stands behind the alias, and the template."""
        self.delete([*self.behind(self.alias), *self.behind(self.building)])
        with self.connection.asking():
            self.connection.client.options(ignore_status=404).indices.delete_index_template(
                name=f"{self.alias}-v{VERSION}"
            )


def generation_of(name: str) -> str:
    """Return the generation that an index belongs to: `v3.1` of `watchword-v3.1-000001`."""
    return name.rpartition("-")[0].rpartition("-")[2]


def is_stale(alias: str, name: str) -> bool:
    """Say whether the index *name* was made with other fields."""
    return not name.startswith(f"{alias}-v{VERSION}.")


def next_generation(alias: str, present: Sequence[str]) -> str:
    """Return the name of the first index of the generation after that of *present*."""
    numbers = [generation_of(name).partition(".")[2] for name in present]
    number = max((int(text) for text in numbers if text.isdigit()), default=0) + 1
    return f"{alias}-v{VERSION}.{number}-000001"
