"""What a text is read with: the imported lists as a matcher, spaCy pipelines, and analysts' corrections."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import nlp
from nlp.reading import Reader
from watchword.errors import UsageError
from watchword.settings import Settings

if TYPE_CHECKING:
    from nlp.names import Artifact
    from watchword.corrections import Correction


# Under the home folder: the pipelines that were trained here, a folder a language.
MODELS_FOLDER = "models"


def reader_of(settings: Settings) -> Reader:
    """Return a reader with the imported lists, the pipelines of the settings and the corrections in force."""
    from watchword.lists import Shelf

    built = Shelf(settings.folder).knowledge()
    return _reader(settings, _opened(built) if built else None)


def _opened(built: Path) -> "Artifact":
    from nlp.names import Artifact

    return Artifact.open(built)


def reader_against(settings: Settings, file: Path) -> Reader:
    """Return a reader with the parties of a CSV *file* in place of the imported lists."""
    from watchword.lists import knowledge_of_csv

    return _reader(settings, knowledge_of_csv(settings.folder, file))


def _reader(settings: Settings, parties: "Artifact | None") -> Reader:
    from nlp.compiled import keep_in

    keep_in(settings.folder / "compiled")
    rules, chosen = corrections_of(settings), pipelines(settings)
    parts = [parties.digest if parties else "", catalogue_digest(), repr(sorted(chosen.items()))]
    parts += [f"{rule.id}" for rule in rules]
    return Reader(parties, chosen, rules, hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16])


def corrections_of(settings: Settings) -> "tuple[Correction, ...]":
    """Return the corrections in force; none, and no state made, where this home has none yet."""
    if not settings.has_state:
        return ()
    from watchword.store.corrections import in_force

    return in_force(settings)


@cache
def catalogue_digest() -> str:
    """Return the SHA-256 of the catalogues of items and sites, in hex."""
    found = hashlib.sha256()
    for path in sorted((Path(nlp.__file__).parent / "catalogue").rglob("*.yaml")):
        found.update(path.read_bytes())
    return found.hexdigest()


def pipelines(settings: Settings) -> dict[str, str]:
    """Return language to pipeline, as the setting `models` says; raise UsageError where it cannot be read."""
    from nlp.models import available, installed_pipelines, shipped_pipelines

    if settings.models == "none":
        return {}
    if settings.models == "auto":
        return {**shipped_pipelines(), **installed_pipelines(settings.folder / MODELS_FOLDER)}
    chosen = {}
    for pair in settings.models.split(","):
        language, equals, name = pair.partition("=")
        if not equals:
            raise UsageError(
                f"WATCHWORD_MODELS={settings.models!r}: write `auto`, `none` or pairs such as en=en_core_web_sm."
            )
        if not available(name.strip()):
            raise UsageError(
                f"WATCHWORD_MODELS={settings.models!r}: no spaCy pipeline {name.strip()!r} is installed; "
                "docs/models.md says how to install one."
            )
        chosen[language.strip()] = name.strip()
    return chosen
