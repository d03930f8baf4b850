"""Addresses of the screens: the present search with something added, taken out or set anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from fastapi import Request

Pairs = tuple[tuple[str, str], ...]
# What a change of the search makes meaningless.
PLACE = "cursor"


@dataclass(frozen=True)
class Address:
    """A path and its parameters."""

    path: str
    parameters: Pairs = ()

    @classmethod
    def of(cls, request: Request) -> Self:
        """Return the address of *request*, without parameters that are empty."""
        return cls(
            request.url.path, tuple((name, value) for name, value in request.query_params.multi_items() if value)
        )

    def __str__(self) -> str:
        """Return the address as a link."""
        return f"{self.path}?{urlencode(self.parameters)}" if self.parameters else self.path

    def to(self, path: str) -> Self:
        """Return the same parameters at another path."""
        return type(self)(path, self.parameters)

    def has(self, name: str, value: str) -> bool:
        """Say whether a parameter has a value."""
        return (name, value) in self.parameters

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return [value for known, value in self.parameters if known == name]

    def adding(self, name: str, value: str) -> Self:
        """Return the address with one more parameter, at its first page."""
        return type(self)(self.path, (*self._others({PLACE}), (name, value)))

    def taking(self, name: str, value: str) -> Self:
        """Return the address without a parameter of this value, at its first page."""
        return type(self)(self.path, tuple(pair for pair in self._others({PLACE}) if pair != (name, value)))

    def setting(self, **values: str) -> Self:
        """Return the address with parameters in place of those of the same names; an empty one is left out."""
        kept = self._others({PLACE, *values})
        return type(self)(self.path, (*kept, *((name, value) for name, value in values.items() if value)))

    def dropping(self, *names: str) -> Self:
        """Return the address without the parameters *names*."""
        return type(self)(self.path, self._others(set(names)))

    def _others(self, names: Iterable[str]) -> Pairs:
        return tuple(pair for pair in self.parameters if pair[0] not in names)
