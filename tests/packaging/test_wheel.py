"""The wheel holds what an installation needs beside the code."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "index_mappings/documents.json",
    "crawlers/sources/iaea.yaml",
    "watchword/store/migrations/env.py",
    "watchword/store/migrations/versions/0001_the_first_schema.py",
    "nlp/catalogue/parameters.yaml",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_mapping_catalogues_and_migrations(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert [name for name in NEEDED if name not in names] == []


@pytest.mark.parametrize(
    "folder", ["nlp/catalogue", "crawlers/sources", "index_mappings", "watchword/web", "watchword/export"]
)
def test_no_data_file_of_the_checkout_is_left_out(wheel: zipfile.ZipFile, folder: str) -> None:
    names = set(wheel.namelist())
    files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert [str(p.relative_to(ROOT)) for p in files if str(p.relative_to(ROOT)) not in names] == []


def test_the_exercise_is_installed_beside_the_packages(wheel: zipfile.ZipFile) -> None:
    assert any(name.endswith("data/share/watchword/exercise/answer-key.yaml") for name in wheel.namelist())
