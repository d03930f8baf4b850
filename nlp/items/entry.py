"""An item as its YAML file states it, read strictly."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
Area = Literal["nuclear", "missile", "chemical", "biological", "conventional"]
Names = dict[Language, list[str]]
STRICT = ConfigDict(extra="forbid", frozen=True)


def _cas(number: str) -> str:
    if not re.fullmatch(r"\d{2,7}-\d\d-\d", number):
        raise ValueError("a CAS number looks like 111-48-8")
    digits = [int(d) for d in number if d.isdigit()]
    total = sum(place * digit for place, digit in enumerate(reversed(digits[:-1]), 1))
    if total % 10 != digits[-1]:
        raise ValueError(f"the check digit of a CAS number must be right; here it would be {total % 10}")
    return number


def _shape(pattern: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"write it like {example}")
        return value

    return AfterValidator(check)


Cas = Annotated[str, AfterValidator(_cas)]
Hs = Annotated[str, _shape(r"\d{4}(\.\d\d){0,2}", "'7224.90', in quotes")]
Entry = Annotated[str, _shape(r"\d[A-E]\d{3}(\.[a-z0-9]+)*|ML\d+(\.[a-z0-9]+)*|\d{2}[A-E]\d{3}.*", "1C216 or 1C350.23")]
Nsg = Annotated[str, _shape(r"Part [12] (Annex A )?\d.*", "'Part 2 2.C.11'")]
Ag = Annotated[str, _shape(r"[A-Z][A-Za-z ]+( \d+.*)?", "'Precursor 7' or 'Human pathogen'")]
Number = Annotated[str, _shape(r"\w+(\.\w+)*", "6.A.5")]


class Codes(BaseModel):
    """The control-list entries that an item may fall under, a regime a field."""

    model_config = STRICT

    eu: list[Entry] = []
    us: list[str] = []
    wa: list[str] = []
    nsg: list[Nsg] = []
    mtcr: list[Number] = []
    ag: list[Ag] = []
    cwc: list[Number] = []

    def flat(self) -> tuple[str, ...]:
        """Return the entries with the name of their regime, EU and US numbers as they are, each once."""
        regimes = (("WA", self.wa), ("NSG", self.nsg), ("MTCR", self.mtcr), ("AG", self.ag), ("CWC", self.cwc))
        named = (f"{regime} {code}" for regime, codes in regimes for code in codes)
        return tuple(dict.fromkeys([*self.eu, *self.us, *named]))


class Parameter(BaseModel):
    """A limit of an entry: what it controls is `at_least`, `above`, `at_most`, `below` or `between` these values."""

    model_config = STRICT

    name: str
    code: str
    unit: str
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    between: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _one_direction(self) -> "Parameter":
        given = [self.at_least, self.above, self.at_most, self.below, self.between]
        if all(limit is None for limit in given):
            raise ValueError("give one of at_least, above, at_most, below, between")
        return self


class ItemEntry(BaseModel):
    """An item of a catalogue file."""

    model_config = STRICT

    id: Annotated[str, _shape(r"[a-z0-9]+(-[a-z0-9]+)*", "maraging-steel")]
    name: str
    use: str
    codes: Codes = Codes()
    cas: list[Cas] = []
    hs: list[Hs] = []
    names: Names
    trade: list[str] = []
    weak: Names = Field(default_factory=dict)
    context: Names = Field(default_factory=dict)
    against: Names = Field(default_factory=dict)
    parameters: list[Parameter] = []


class ItemFile(BaseModel):
    """A catalogue file: a family of goods."""

    model_config = STRICT

    area: Area
    items: list[ItemEntry]
