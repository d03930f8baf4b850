"""What several processes read of a run is what one process reads."""

from collections.abc import Callable
from typing import Any

import pytest

from watchword.archive import RunFolder, segments
from watchword.settings import Settings
from watchword.stages.extracting import document_files, documents_of, documents_place, unread_segments
from watchword.stages.sharing import read_in_processes


@pytest.mark.slow
def test_processes_read_what_one_process_reads(new_desk: Callable[[str], Any], first_night: dict[str, str]) -> None:
    desk = new_desk("desk")
    desk.point_at(first_night)
    desk.run("harvest", "gazette", "nordhavn")
    settings = Settings(home=desk.home, models="none", sources=desk.settings["WATCHWORD_SOURCES"])
    folder = RunFolder(next(path for path in settings.runs.iterdir() if path.is_dir()))
    before = {document.id: document.mentions for document in documents_of(folder)}
    found = segments(folder)
    assert len(found) == 2
    for path in found:
        for file in document_files(documents_place(folder), path):
            file.unlink()
    assert unread_segments(folder) == found
    read_in_processes(settings, folder.id, found, 2)
    assert unread_segments(folder) == []
    assert {document.id: document.mentions for document in documents_of(folder)} == before
