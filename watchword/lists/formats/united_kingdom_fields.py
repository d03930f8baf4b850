"""What the United Kingdom's lists call their fields, a property each."""

from collections.abc import Mapping
from dataclasses import dataclass

PARTS = (*(f"name {n}" for n in range(1, 6)), "name 6")
XML_PARTS = (*(f"name{n}" for n in range(1, 6)), "Name6")


@dataclass(frozen=True)
class Columns:
    """What the fields of a line are called: those of the name, those of the address, and one or more a property."""

    number: str
    schema: str
    parts: tuple[str, ...]
    kind: str
    strength: str
    address: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]]
    aside: tuple[str, ...] = ()


SANCTIONS_LIST = Columns(
    number="unique id",
    schema="designation type",
    parts=PARTS,
    kind="name type",
    strength="alias strength",
    address=(*(f"address line {n}" for n in range(1, 7)), "address postal code", "address country"),
    facts={
        "alias": ("name non-latin script",),
        "title": ("title",),
        "program": ("regime name",),
        "authority": ("designation source",),
        "provisions": ("sanctions imposed",),
        "notes": ("uk statement of reasons", "other information"),
        "phone": ("phone number",),
        "website": ("website",),
        "email": ("email address",),
        "createdAt": ("date designated",),
        "birthDate": ("d.o.b",),
        "birthPlace": ("town of birth", "country of birth"),
        "nationality": ("nationality(/ies)",),
        "passportNumber": ("passport number",),
        "idNumber": ("national identifier number",),
        "document": ("passport additional information", "national identifier additional information"),
        "registrationNumber": ("business registration number (s)",),
        "position": ("position",),
        "gender": ("gender",),
        "legalForm": ("type of entity",),
        "parent": ("parent company",),
        "subsidiaries": ("subsidiaries",),
        "imoNumber": ("imo number",),
        "owner": ("current owner/operator (s)",),
        "pastOwner": ("previous owner/operator (s)",),
        "flag": ("current believed flag of ship",),
        "pastFlags": ("previous flags",),
        "type": ("type of ship",),
        "tonnage": ("tonnage of ship",),
        "buildDate": ("year built",),
        "recordId": ("un reference number", "ofsi group id"),
        "modifiedAt": ("last updated",),
    },
    aside=(
        *("non-latin script type", "non-latin script language", "length of ship"),
        "hull identification number (hin)",
    ),
)
CONSOLIDATED = Columns(
    number="group id",
    schema="group type",
    parts=PARTS,
    kind="alias type",
    strength="alias quality",
    address=(*(f"address {n}" for n in range(1, 7)), "post/zip code", "country"),
    facts={
        "alias": ("name non-latin script",),
        "title": ("title",),
        "program": ("regime",),
        "notes": ("other information",),
        "createdAt": ("listed on",),
        "startDate": ("uk sanctions list date designated",),
        "birthDate": ("dob",),
        "birthPlace": ("town of birth", "country of birth"),
        "nationality": ("nationality",),
        "passportNumber": ("passport number",),
        "idNumber": ("national identification number", "ni number"),
        "document": ("passport details", "national identification details", "ni details"),
        "position": ("position",),
        "modifiedAt": ("last updated",),
    },
    aside=("non-latin script type", "non-latin script language"),
)
CONSOLIDATED_XML = Columns(
    number="GroupID",
    schema="GroupTypeDescription",
    parts=XML_PARTS,
    kind="AliasType",
    strength="AliasQuality",
    address=(*(f"Address{n}" for n in range(1, 7)), "PostCode", "Country"),
    facts={
        "alias": ("NameNonLatinScript",),
        "title": ("Title", "NameTitle"),
        "program": ("RegimeName",),
        "authority": ("ListingType",),
        "notes": ("UKStatementOfReasons", "OtherInformation"),
        "phone": ("PhoneNumber",),
        "website": ("Website",),
        "email": ("EmailAddress",),
        "createdAt": ("DateListed",),
        "startDate": ("DateDesignated",),
        "birthDate": ("Individual_DateOfBirth",),
        "birthPlace": ("Individual_TownOfBirth", "Individual_CountryOfBirth"),
        "nationality": ("Individual_Nationality",),
        "passportNumber": ("Individual_PassportNumber",),
        "idNumber": ("Individual_NINumber",),
        "document": ("Individual_PassportDetails", "Individual_NIDetails"),
        "position": ("Individual_Position",),
        "gender": ("Individual_Gender",),
        "legalForm": ("Entity_Type",),
        "registrationNumber": ("Entity_BusinessRegNumber",),
        "parent": ("Entity_ParentCompany",),
        "subsidiaries": ("Entity_Subsidiaries",),
        "imoNumber": ("Ship_IMONumber",),
        "owner": ("Ship_CurrentOwners",),
        "flag": ("Ship_Flag",),
        "pastFlags": ("Ship_PreviousFlags",),
        "type": ("Ship_Type",),
        "tonnage": ("Ship_Tonnage",),
        "buildDate": ("Ship_YearBuilt",),
        "recordId": ("UKSanctionsListRef", "UNRef"),
        "modifiedAt": ("LastUpdated",),
    },
    aside=(
        *("NonLatinScriptLanguage", "NonLatinScriptType", "Ship_Length", "GrpStatus", "GroupStatus"),
        *("GroupSanctions", "DateAdditionalSanctions", "DateAdditionalSanctionsImposed"),
    ),
)
# Elements of the UK Sanctions List below a designation, at whatever depth, by the property that they are.
DESIGNATION: Mapping[str, tuple[str, ...]] = {
    "alias": ("NameNonLatinScript",),
    "title": ("Title",),
    "program": ("RegimeName",),
    "authority": ("DesignationSource",),
    "provisions": ("SanctionsImposed",),
    "notes": ("UKStatementofReasons", "OtherInformation"),
    "phone": ("PhoneNumber",),
    "website": ("Website",),
    "email": ("EmailAddress",),
    "createdAt": ("DateDesignated",),
    "birthDate": ("DOB",),
    "nationality": ("Nationality",),
    "passportNumber": ("PassportNumber",),
    "idNumber": ("NationalIdentifierNumber",),
    "document": ("PassportAdditionalInformation", "NationalIdentifierAdditionalInformation"),
    "registrationNumber": ("BusinessRegistrationNumber",),
    "position": ("Position",),
    "gender": ("Gender",),
    "legalForm": ("TypeOfEntity",),
    "parent": ("ParentCompany",),
    "subsidiaries": ("Subsidiary",),
    "imoNumber": ("IMONumber",),
    "owner": ("CurrentOwnerOperator",),
    "pastOwner": ("PreviousOwnerOperator",),
    "flag": ("CurrentBelievedFlagOfShip",),
    "pastFlags": ("PreviousFlag",),
    "type": ("TypeOfShip",),
    "tonnage": ("TonnageOfShip",),
    "buildDate": ("YearBuilt",),
    "recordId": ("UNReferenceNumber", "OFSIGroupID"),
    "modifiedAt": ("LastUpdated",),
}
