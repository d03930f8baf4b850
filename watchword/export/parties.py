"""The parties that mentions name: with what their list says of them, or with their name alone."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.folding import folded
from nlp.legal_forms import LegalForm, alternatives, legal_forms
from nlp.mention import ORGANISATION, PARTY_TYPES, PERSON, VESSEL, Mention
from watchword.lists import Entry, Shelf
from watchword.lists.entry import TYPES, Properties

SCHEMATA = {PERSON: "Person", ORGANISATION: "Organization", VESSEL: "Vessel"}


@dataclass(frozen=True)
class NamedParty:
    """A party: its id, or what stands for one; its FollowTheMoney schema; what is known of it.

    `imported` is when the list that names it was imported, in ISO 8601; empty for a party on no list.
    """

    key: str
    type: str
    schema: str
    name: str
    properties: Properties
    list: str = ""
    imported: str = ""


class Parties:
    """Looks up parties on the shelf of a home folder; each list is read once."""

    def __init__(self, home: Path) -> None:
        self._shelf = Shelf(home)
        self._imported = {held.name: held.imported for held in self._shelf.current()}
        self._entries: dict[str, dict[str, Entry]] = {}

    def of(self, mention: Mention) -> NamedParty | None:
        """Return the party that *mention* names; None where it names something else."""
        if mention.type not in PARTY_TYPES:
            return None
        name, _, number = (mention.entity or "").partition(":")
        entry = self._list(name).get(number) if name in self._imported else None
        if entry is not None:
            return self._listed(mention, name, entry)
        key = mention.entity or f"{mention.type}:{folded(mention.name)}"
        return NamedParty(key, mention.type, _schema(mention), mention.name, {"name": (mention.name,)})

    def _listed(self, mention: Mention, name: str, entry: Entry) -> NamedParty:
        kind = TYPES.get(entry.schema) or mention.type
        return NamedParty(
            f"{name}:{entry.number}", kind, entry.schema, entry.name, entry.properties, name, self._imported[name]
        )

    def _list(self, name: str) -> dict[str, Entry]:
        if name not in self._entries:
            self._entries[name] = {entry.number: entry for entry in self._shelf.read(name).entries}
        return self._entries[name]


def _schema(mention: Mention) -> str:
    """Return the schema of a party on no list: an organisation whose name has a legal form is a company."""
    if mention.type == ORGANISATION and _legal_form().search(mention.name):
        return "Company"
    return SCHEMATA[mention.type]


@cache
def _legal_form() -> re.Pattern[str]:
    forms = legal_forms()
    last = _either([form for form in forms if form.stands_after])
    first = _either([form for form in forms if form.stands_before])
    return re.compile(rf"(?:^|(?<=\W)|(?<=[\u3000-\u9fff\uac00-\ud7a3]))(?:{last})$|^(?:{first})(?=\W)")


def _either(forms: list[LegalForm]) -> str:
    return alternatives(forms) or r"(?!)"
