"""Trained pipelines as the application has them: which are in use, and training that installs more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchword.errors import UsageError
from watchword.knowledge import pipelines
from watchword.settings import Settings


@dataclass(frozen=True)
class Model:
    """A pipeline in use: `origin` is `ships`, `trained here` or `package`; `score` its F1 on held-out texts."""

    language: str
    name: str
    origin: str
    score: float | None
    licence: str


@dataclass(frozen=True)
class Trained:
    """What one training made."""

    language: str
    pipeline: Path
    score: float


def in_use(settings: Settings) -> list[Model]:
    """Return the pipelines that the settings choose, by language."""
    from nlp.models import SHIPPED, facts

    found = []
    for language, pipeline in sorted(pipelines(settings).items()):
        known = facts(pipeline)
        ships, folder = Path(pipeline).parent == SHIPPED, Path(pipeline).is_dir()
        origin = "ships" if ships else "trained here" if folder else "package"
        found.append(Model(language, known.name, origin, known.score, known.licence))
    return found


def install(corpora: Path, into: Path, languages: Iterable[str]) -> Iterator[Trained]:
    """Train the pipelines of *languages*, or of all whose corpus lies in *corpora*, and yield each when it is whole."""
    from nlp.training.corpora import CORPORA
    from nlp.training.train import train

    wanted = list(languages) or [name for name, corpus in CORPORA.items() if (corpora / corpus.folder).is_dir()]
    unknown = [name for name in wanted if name not in CORPORA]
    if unknown:
        raise UsageError(f"No corpus for {unknown[0]!r} is known; there are {', '.join(CORPORA)}.")
    if not wanted:
        folders = ", ".join(corpus.folder for corpus in CORPORA.values())
        raise UsageError(f"{corpora} holds no corpus; a folder named {folders} is needed.")
    for language in wanted:
        folder = corpora / CORPORA[language].folder
        if not folder.is_dir():
            raise UsageError(f"There is no folder {str(folder)!r} to train {language!r} from.")
        score = train(folder, language, into / language)
        yield Trained(language, into / language, score)
