"""Legal forms of companies: `Co., Ltd`, `ООО`, `有限公司`; where each stands and what it says.

The forms are in `legal_forms.tsv`: form, countries (ISO 3166), position (`after`, `before`, `both`), separated by tabs.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form as it is written, the countries that have it, and whether it stands before or after the name."""

    written: str
    countries: tuple[str, ...]
    position: str


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """Return the legal forms, the longest first."""
    lines = files("nlp").joinpath("legal_forms.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    forms = [LegalForm(written, tuple(countries.split()), position) for written, position, countries in rows]
    return tuple(sorted(forms, key=lambda form: (-len(form.written), form.written)))
