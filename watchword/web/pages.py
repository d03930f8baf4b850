"""Pages out of templates: everything that was harvested is escaped, and what would mislead the eye is shown."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

# Characters that turn the order of letters around, and control characters, are shown by name instead of obeyed.
OVERRIDES: Final = {"\u202d": "⟦LRO⟧", "\u202e": "⟦RLO⟧"}
MISLEADING: Final = re.compile("[\u202d\u202e\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
WEB_SCHEMES: Final = ("http", "https")


def shown(text: object) -> str:
    """Return *text* without characters that hide what it says."""
    return MISLEADING.sub(lambda match: OVERRIDES.get(match.group(), "�"), "" if text is None else str(text))


def web_address(url: str) -> str:
    """Return *url* where a browser opens it as a page, else nothing: `javascript:` is no page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in WEB_SCHEMES and parts.netloc else ""


@cache
def _names(kind: str) -> Mapping[str, str]:
    from babel import Locale

    locale = Locale("en")
    return dict(locale.languages if kind == "language" else locale.territories)


def language_name(code: str | None) -> str:
    """Return the English name of a language."""
    return _names("language").get(code or "", code or "unknown language")


def country_name(code: str | None) -> str:
    """Return the English name of a country."""
    return _names("country").get((code or "").upper(), code or "")


def counted(number: int, noun: str) -> str:
    """Return *number* with *noun* in the form that fits."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@cache
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=PackageLoader("watchword.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": shown, "web_address": web_address, "language_name": language_name}
    made.filters |= {"country_name": country_name, "counted": counted}
    return made


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the page that *template* makes of *values*."""
    return HTMLResponse(environment().get_template(template).render(**values), status)


def error_page(status: int, sentence: str) -> HTMLResponse:
    """Return the page that says why there is no other."""
    return page("error.html", status, sentence=sentence, here="")
