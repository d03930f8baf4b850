"""Saved searches as questions: parameters of their queries are filled in so that a value is always a value.

`${code}` must be given; `${since=now-7d}` has a default.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from watchword.errors import UsageError
from watchword.index.dates import span
from watchword.searching import Filters, Question, View
from watchword.store.database import Database
from watchword.store.searches import SavedSearch, saved_search

PARAMETER = re.compile(r"\$\{(?P<name>\w+)(?:=(?P<default>[^}]*))?\}")
# What a value may hold without meaning anything to the query language.
PLAIN = re.compile(r"(?!(?:AND|OR|NOT|TO)$)\w[\w.*?-]*")
DEFAULT = View()
SIGNS = re.compile(r'(["\\])')


def as_saved(name: str, question: Question, note: str = "") -> SavedSearch:
    """Return *question* under a *name*; raise UsageError where its query cannot be read with any values."""
    from watchword.index import check_query

    check_query(PARAMETER.sub(lambda match: match["default"] or "2026", question.query))
    return SavedSearch(name, question.query, question.filters.as_json(), question.view.order, note)


def asked_for(database: Database, name: str, values: Mapping[str, str], given: Question) -> Question:
    """Return the question of the search that is kept as *name*, narrowed by what is *given* beside it.

    Raise UsageError where a query is given too, or where what is given lies outside of what the search is kept for.
    """
    if given.query.strip() not in ("", "*"):
        raise UsageError("Give a query or a saved search, not both; filters such as --since narrow either.")
    kept = as_question(saved_search(database, name), values, given.view)
    return replace(kept, filters=joined(name, kept.filters, given.filters), like=given.like)


def joined(name: str, kept: Filters, given: Filters) -> Filters:
    """Return the filters of the saved search *name*, narrowed further by those that are *given*."""
    chosen = kept.selected()
    for field, values in given.selected().items():
        fitting = [value for value in values if value in chosen.get(field, values)]
        if not fitting:
            known = " or ".join(chosen[field])
            raise UsageError(f"The search {name!r} is kept for {field} {known}; {field} {values[0]} lies outside.")
        chosen[field] = fitting
    now = datetime.now(UTC)
    return Filters(
        since=max(filter(None, (kept.since, given.since)), key=lambda day: span(day, now)[0], default=None),
        until=min(filter(None, (kept.until, given.until)), key=lambda day: span(day, now)[1], default=None),
        only=tuple((field, value) for field, values in chosen.items() for value in values),
        without=(*kept.without, *given.without),
    )


def as_question(saved: SavedSearch, values: Mapping[str, str], view: View = DEFAULT) -> Question:
    """Return the question that *saved* asks with *values*; raise UsageError where one is missing or too many."""
    names = [match["name"] for match in PARAMETER.finditer(saved.query)]
    unknown = sorted(set(values) - set(names))
    if unknown:
        known = ", ".join(dict.fromkeys(names)) or "none"
        raise UsageError(f"The search {saved.name!r} has no parameter {unknown[0]!r}; it has {known}.")
    chosen = replace(view, order=view.order or saved.order)
    return Question(filled(saved, values), Filters.from_json(saved.filters), chosen)


def filled(saved: SavedSearch, values: Mapping[str, str]) -> str:
    """Return the query of *saved* with its parameters filled in."""
    query, found, quoted = saved.query, [], False
    last = 0
    for match in PARAMETER.finditer(query):
        before = query[last : match.start()]
        quoted ^= before.replace('\\"', "").count('"') % 2 == 1
        found += [before, _written(_value(saved, match, values), quoted=quoted)]
        last = match.end()
    return "".join([*found, query[last:]])


def _value(saved: SavedSearch, match: re.Match[str], values: Mapping[str, str]) -> str:
    value = values.get(match["name"], match["default"])
    if value is None:
        raise UsageError(f"The search {saved.name!r} needs a value for {match['name']!r}; give {match['name']}=VALUE.")
    return value


def _written(value: str, *, quoted: bool) -> str:
    escaped = SIGNS.sub(r"\\\1", value)
    if quoted:
        return escaped
    return value if PLAIN.fullmatch(value) else f'"{escaped}"'
