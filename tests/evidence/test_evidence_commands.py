"""The commands on evidence and on sources, as people type them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def watchword(home: Any, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with the settings of *home*."""
    command = [sys.executable, "-P", "-m", "watchword", *arguments]
    environment = {**os.environ, **home.settings.environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def run_ids(home: Any) -> list[str]:
    return sorted(path.name for path in home.settings.runs.iterdir() if path.is_dir())


def test_verify_says_whole_unknown_or_what_is_wrong_and_ends_with_the_code_for_it(
    two_nights: Any, make_home: Any, tmp_path: Path
) -> None:
    run = run_ids(two_nights)[0]
    whole = watchword(two_nights, "verify", run)
    assert whole.returncode == 0
    assert "whole, signed by the trusted key" in whole.stdout
    copy = Path(shutil.copytree(two_nights.settings.runs / run, tmp_path / "evidence"))
    stranger = make_home(tmp_path / "stranger")
    unknown = watchword(stranger, "verify", str(copy))
    assert unknown.returncode == 0
    assert "consistent, signer unknown" in unknown.stdout
    key = next((two_nights.settings.folder / "keys" / "trusted").glob("*.pem"))
    assert "whole" in watchword(stranger, "verify", str(copy), "--key", str(key)).stdout
    segment = next((copy / "captures").iterdir())
    segment.write_bytes(segment.read_bytes()[:-1])
    wrong = watchword(stranger, "verify", str(copy), "--json")
    assert wrong.returncode == 1
    verdict = json.loads(wrong.stdout)
    assert verdict["whole"] is False
    assert segment.name in verdict["sentence"]
    assert watchword(stranger, "verify", "no-such-run").returncode == 2


def test_versions_runs_and_coverage_speak_to_people_and_programs(two_nights: Any, site: Any) -> None:
    told = watchword(two_nights, "versions", site.url("/pump"), "--json")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(line["version"], line["gone"], line["come"]) for line in lines] == [(1, "", ""), (2, "12", "34")]
    report = watchword(two_nights, "runs", "show", run_ids(two_nights)[1])
    assert "changed" in report.stdout
    assert "'12' became '34'" in report.stdout
    assert watchword(two_nights, "versions", "http://nowhere.test/").returncode == 2


def test_sources_are_listed_tried_and_examined(two_nights: Any) -> None:
    assert watchword(two_nights, "sources", "check").stdout == "1 sources, all well formed\n"
    (listed,) = map(json.loads, watchword(two_nights, "sources", "list", "--json").stdout.splitlines())
    assert listed["last_seen"] < listed["next_look"]
    (health,) = map(json.loads, watchword(two_nights, "sources", "health", "--json").stdout.splitlines())
    assert (health["source"], health["errors_in_a_row"], health["remark"]) == ("paper", 0, "")
    tried = watchword(two_nights, "sources", "try", "paper", "--json")
    trial = json.loads(tried.stdout)
    assert (trial["found"], trial["documents"], trial["works"]) == (4, 2, False)
    assert sorted(trial["titles"]) == ["Pump seized", "Rotor lost"]
    assert any("HTTP status 404" in problem for problem in trial["problems"])
    assert tried.returncode == 3
    assert "Did you mean 'paper'?" in watchword(two_nights, "sources", "try", "papers").stderr


@pytest.mark.parametrize("missing", ["--reason", "--by"])
def test_nothing_is_forgotten_without_a_reason_and_a_name(two_nights: Any, site: Any, missing: str) -> None:
    given = {"--reason": "law", "--by": "officer"}
    del given[missing]
    arguments = [part for pair in given.items() for part in pair]
    refused = watchword(two_nights, "forget", run_ids(two_nights)[0], site.url("/rotor"), *arguments)
    assert refused.returncode == 2
    assert missing in refused.stderr
