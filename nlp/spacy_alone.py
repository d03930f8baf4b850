"""spaCy without its command line, whose import takes as long as all the rest and which reading does not use."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# `spacy/__init__.py` imports one function from there.
COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> Any:
    """Return the module `spacy`; its command line is imported when somebody asks for that."""
    if "spacy" not in sys.modules:
        stand_ins = {name: ModuleType(name) for name in COMMAND_LINE if name not in sys.modules}
        for module in stand_ins.values():
            module.__dict__["info"] = _info
        sys.modules.update(stand_ins)
        try:
            import_module("spacy")
        finally:
            for name in stand_ins:
                del sys.modules[name]
    return sys.modules["spacy"]


def _info(*arguments: Any, **options: Any) -> Any:
    return import_module("spacy.cli.info").info(*arguments, **options)
