"""The run folder: the unit of evidence, of replay, and of copying to another machine."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from watchword.errors import UsageError

SEGMENT_SUFFIX = ".warc.gz"


@dataclass(frozen=True)
class RunFolder:
    """The folder of one run; its name is the run's id."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make the folder, or open it where it stands."""
        (path / "captures").mkdir(parents=True, exist_ok=True)
        return cls(path)

    @classmethod
    def find(cls, runs: Path, name: str) -> Self:
        """Return the run folder that *name* means: a path, or an id in *runs*; raise UsageError where there is none."""
        for path in (Path(name), runs / name):
            if (path / "captures").is_dir() or (path / "manifest.jsonl").is_file():
                return cls(path.resolve())
        known = ", ".join(sorted((p.name for p in runs.glob("*/") if (p / "captures").is_dir()), reverse=True)[:5])
        raise UsageError(f"No run folder {name!r}. Newest runs: {known or 'none'}; 'watchword runs list' shows all.")

    @property
    def id(self) -> str:
        """The run's id."""
        return self.path.name

    @property
    def captures(self) -> Path:
        """The folder of WARC segments."""
        return self.path / "captures"

    @property
    def manifest(self) -> Path:
        """The manifest of the sealed captures."""
        return self.path / "manifest.jsonl"

    @property
    def derived(self) -> Path:
        """The manifest of what was made from the captures."""
        return self.path / "derived.jsonl"

    @property
    def time_stamp(self) -> Path:
        """The token in which a third party attests when the captures were sealed; there need be none."""
        return self.path / "timestamp.tsr"

    @property
    def parts(self) -> Path:
        """The folder of unsealed manifest parts, one a writer."""
        return self.path / "parts"

    @property
    def tombstones(self) -> Path:
        """The folder of signed tombstones."""
        return self.path / "tombstones"

    @property
    def sealed(self) -> bool:
        """Say whether the captures are sealed."""
        return self.manifest.exists()


def new_run_id(now: datetime) -> str:
    """Return an id that sorts by time and does not repeat: `20260302T010000Z-3fa9`."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def segments(folder: RunFolder) -> list[Path]:
    """Return the WARC segments of *folder*, in the order of their names."""
    return sorted(folder.captures.glob(f"*{SEGMENT_SUFFIX}"))
