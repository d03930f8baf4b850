"""What a text is read with: the imported lists as a matcher, spaCy pipelines, and analysts' corrections."""

from pathlib import Path

from nlp.reading import Reader
from watchword.errors import UsageError
from watchword.settings import Settings


def reader_of(settings: Settings) -> Reader:
    """Return a reader with the imported lists, the pipelines of the settings and the corrections in force."""
    from nlp.names import Artifact
    from watchword.lists import Shelf

    built = Shelf(settings.folder).knowledge()
    parties = Artifact.open(built) if built else None
    return Reader(parties, pipelines(settings), (), parties.digest if parties else "")


def reader_against(settings: Settings, file: Path) -> Reader:
    """Return a reader with the parties of a CSV *file* in place of the imported lists."""
    from watchword.lists import knowledge_of_csv

    parties = knowledge_of_csv(settings.folder, file)
    return Reader(parties, pipelines(settings), (), parties.digest)


def pipelines(settings: Settings) -> dict[str, str]:
    """Return language to pipeline, as the setting `models` says; raise UsageError where it cannot be read."""
    from nlp.models import shipped_pipelines

    if settings.models == "none":
        return {}
    if settings.models == "auto":
        return shipped_pipelines()
    chosen = {}
    for pair in settings.models.split(","):
        language, equals, name = pair.partition("=")
        if not equals:
            raise UsageError(
                f"WATCHWORD_MODELS={settings.models!r}: write `auto`, `none` or pairs such as en=en_core_web_sm."
            )
        chosen[language.strip()] = name.strip()
    return chosen
