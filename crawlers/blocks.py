"""Blocks of fields inside a source: rules for links, paging, places, and what the fields of a list are called."""

from collections.abc import Mapping
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crawlers.rules import rule_problem

# What a list can say of a party, and FollowTheMoney's name for it.
LIST_FIELDS: Final[Mapping[str, str]] = {
    "id": "",
    "type": "",
    "name": "name",
    "alias": "alias",
    "weak_alias": "weakAlias",
    "former_name": "previousName",
    "country": "country",
    "nationality": "nationality",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "identifier": "idNumber",
    "passport": "passportNumber",
    "registration": "registrationNumber",
    "imo": "imoNumber",
    "address": "address",
    "position": "position",
    "programme": "program",
    "reason": "notes",
    "listed": "createdAt",
    "url": "sourceUrl",
}
PARTY_TYPES: Final[Mapping[str, str]] = {
    "person": "Person",
    "organisation": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}


class Part(BaseModel):
    """A block inside a source; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Links(Part):
    """Rules for links; `crawlers.rules` states their language."""

    allow: tuple[str, ...] = Field(default=(), description="Rules of which a link must match one; none means any link.")
    deny: tuple[str, ...] = Field(default=(), description="Rules of which a link must match none.")

    @field_validator("allow", "deny")
    @classmethod
    def _check(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        for rule in rules:
            if problem := rule_problem(rule):
                raise ValueError(f"the rule {rule!r} cannot be used: {problem}")
        return rules


class Paging(Part):
    """How an answer leads to the next one: one of `link`, `page`, `offset` and `cursor`."""

    link: str | None = Field(default=None, description="Path in the answer to the address of the next one.")
    page: str | None = Field(default=None, description="Parameter that counts answers, from `first`.")
    first: int = Field(default=1, ge=0, description="Number of the first answer.")
    offset: str | None = Field(default=None, description="Parameter that counts records, in steps of `size`.")
    size: int | None = Field(default=None, ge=1, description="Records of one answer.")
    cursor: str | None = Field(default=None, description="Parameter that takes the mark found at `mark`.")
    mark: str | None = Field(default=None, description="Path in the answer to the mark of the next one.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name in ("link", "page", "offset", "cursor") if getattr(self, name) is not None]
        if len(ways) != 1:
            raise ValueError(f"paging goes one way, by link, page, offset or cursor; here are {len(ways)}")
        if (self.offset is None) != (self.size is None):
            raise ValueError("paging by 'offset' needs 'size', the records of one answer, and no other way does")
        if (self.cursor is None) != (self.mark is None):
            raise ValueError("paging by 'cursor' needs 'mark', the path to the next mark, and no other way does")
        return self


class Vicinity(Part):
    """A place that events are looked for near to."""

    name: str = Field(min_length=1, description="Name that the document gives the place.")
    latitude: float = Field(ge=-90, le=90, description="Degrees north.")
    longitude: float = Field(ge=-180, le=180, description="Degrees east.")
    radius: float = Field(gt=0, le=20_000, description="Kilometres around it.")


class ListMapping(Part):
    """Where a list of any shape, CSV, workbook, JSON or XML, keeps what is read of it.

    A path is names with dots between; `|` sets alternatives apart, ` + ` joins the parts of a name.
    """

    name: str | None = Field(default=None, description="Name of the list; null means the name of the file.")
    publisher: str = Field(default="", description="Who publishes the list.")
    rows: str = Field(default="", description="Path to the entries; empty for tables, JSON Lines and a bare list.")
    published: str = Field(default="", description="Path to the day of the list, from the top of the file.")
    fields: Mapping[str, str] = Field(
        description=f"What is taken from an entry: {', '.join(LIST_FIELDS)}, each a path."
    )
    types: Mapping[str, str] = Field(
        default_factory=dict, description=f"What the values of `type` mean: {', '.join(PARTY_TYPES)}."
    )
    separator: str = Field(default="", description="What stands between several values of one cell, such as `;`.")
    ignore: tuple[str, ...] = Field(default=(), description="Fields that are left out knowingly, without a remark.")

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: Mapping[str, str]) -> Mapping[str, str]:
        unknown = next((name for name in fields if name not in LIST_FIELDS), None)
        if unknown is not None:
            raise ValueError(f"{unknown!r} is nothing that is read; possible are {', '.join(LIST_FIELDS)}")
        if not fields.get("name"):
            raise ValueError("a mapping says at least where the 'name' stands")
        return fields

    @field_validator("types")
    @classmethod
    def _typed(cls, types: Mapping[str, str]) -> Mapping[str, str]:
        wrong = next((kind for kind in types.values() if kind not in PARTY_TYPES), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is no type of a party; possible are {', '.join(PARTY_TYPES)}")
        return {written.casefold(): kind for written, kind in types.items()}
