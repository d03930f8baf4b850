"""France's national register of asset freezes, as JSON: a record a party, and in it pairs of a field and its values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from watchword.lists.entry import Entry
from watchword.lists.formats.base import Contents, Format, imo_number, joined, properties
from watchword.lists.record import Audit, Record
from watchword.lists.sample import Sample, load_json

SCHEMATA = {"personne physique": "Person", "personne morale": "Organization", "navire": "Vessel"}
# The property that a field is, and where its value stands; the others are put together below.
FIELDS: Mapping[str, tuple[str, str]] = {
    "ALIAS": ("alias", "Alias"),
    "SEXE": ("gender", "Sexe"),
    "PRENOM": ("firstName", "Prenom"),
    "NATIONALITE": ("nationality", "Pays"),
    "TITRE": ("position", "Titre"),
    "SITE_INTERNET": ("website", "SiteInternet"),
    "TELEPHONE": ("phone", "Telephone"),
    "COURRIEL": ("email", "Courriel"),
    "NUMERO_OMI": ("imoNumber", "NumeroOMI"),
    "PASSEPORT": ("passportNumber", "NumeroPasseport"),
    "AUTRE_IDENTITE": ("idNumber", "NumeroCarte"),
    "IDENTIFICATION": ("document", "Identification"),
    "REFERENCE_UE": ("recordId", "ReferenceUe"),
    "REFERENCE_ONU": ("recordId", "ReferenceOnu"),
    "FONDEMENT_JURIDIQUE": ("program", "FondementJuridiqueLabel"),
    "MOTIFS": ("notes", "Motifs"),
}
# What stands beside a value and says how it is to be read.
ASIDE = ("Commentaire", "FondementJuridique", "Pays")


def _read(sample: Sample, audit: Audit) -> Contents:
    register = load_json(sample.path)["Publications"]
    entries = []
    for line in register["PublicationDetail"]:
        record = Record.of_json(line)
        entries.append(_entry(record))
        audit.close(record)
    return Contents(entries, str(register.get("DatePublication", ""))[:10])


def _entry(record: Record) -> Entry:
    found: dict[str, list[str]] = defaultdict(list)
    for detail in record.records("RegistreDetail"):
        field = detail.one("TypeChamp")
        for value in detail.records("Valeur"):
            for name, text in _told(field, value):
                found[name].append(text)
    schema = SCHEMATA.get(record.one("Nature").lower(), "LegalEntity")
    name = joined(*found.pop("firstName", [])[:1], record.one("Nom"))
    return Entry(record.one("IdRegistre"), schema, properties(name=name, **{n: tuple(v) for n, v in found.items()}))


def _told(field: str, value: Record) -> Iterator[tuple[str, str]]:
    """Yield what a *value* of the field says; what it is not known to hold stays in it, and is complained about."""
    if field in FIELDS:
        name, key = FIELDS[field]
        text = value.one(key)
        yield name, imo_number(text) if name == "imoNumber" else text
    elif field == "DATE_DE_NAISSANCE":
        parts = [value.one(part) for part in ("Annee", "Mois", "Jour")]
        yield "birthDate", "-".join(part.zfill(2) for part in (parts[: parts.index("")] if "" in parts else parts))
    elif field == "LIEU_DE_NAISSANCE":
        yield "birthPlace", joined(value.one("Lieu"), value.one("Pays"), by=", ")
    elif field in ("ADRESSE_PM", "ADRESSE_PP"):
        home, country = value.one("Adresse"), value.one("Pays")
        yield from (("address", joined(home, country, by=", ")), ("country", country))
    else:
        return
    value.take(*ASIDE)


FRANCE = Format(
    title="France's national register of asset freezes (JSON)",
    name="fr-gels",
    publisher="France, Direction générale du Trésor",
    recognises=lambda sample: sample.kind == "json" and "Publications" in sample.names,
    read=_read,
)
