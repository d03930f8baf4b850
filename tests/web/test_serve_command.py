"""`watchword serve` and `watchword tokens`, as people type them."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from watchword.cli.app import run
from watchword.settings import Settings
from watchword.web.tokens import read_tokens, tokens_file


def test_serve_says_its_address_answers_there_alone_and_ends_when_asked_to(installation: Settings) -> None:
    command = [sys.executable, "-P", "-m", "watchword", "serve", "--port", "0"]
    environment = {**os.environ, **installation.environment}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        try:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert found, said
            assert httpx.get(f"{found[0]}api/v1/status", timeout=30).status_code == 200
            with socket.socket() as other:
                other.settimeout(5)
                assert other.connect_ex((_own_address(), int(found[1]))) != 0
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


def _own_address() -> str:
    """Return an address of this machine that is not a loopback one; one of the test network where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "192.0.2.1"
        return str(probe.getsockname()[0])


def command(monkeypatch: pytest.MonkeyPatch, settings: Settings, *arguments: str) -> int:
    """Run a command in this process; return its exit code."""
    for name, value in settings.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["watchword", *arguments])
    with pytest.raises(SystemExit) as ended:
        run()
    return int(ended.value.code or 0)


def test_serve_says_in_a_sentence_why_it_cannot(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert command(monkeypatch, installation, "serve", "--port", str(taken.getsockname()[1])) == 2
    assert "choose another with --port" in capsys.readouterr().err
    empty = Settings(home=tmp_path / "empty", _env_file=None)
    assert command(monkeypatch, empty, "serve") == 2
    assert "There is nothing to show yet" in capsys.readouterr().err
    assert not (tmp_path / "empty").exists()


def test_a_token_is_shown_once_kept_as_a_digest_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home", _env_file=None)
    assert command(monkeypatch, settings, "tokens", "add", "desk") == 0
    token = capsys.readouterr().out.strip()
    path = tokens_file(settings)
    assert len(token) > 40
    assert token not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert [known.name for known in read_tokens(settings)] == ["desk"]
    assert command(monkeypatch, settings, "tokens", "add", "desk") == 2
    assert command(monkeypatch, settings, "tokens", "add", "two words") == 2
    assert command(monkeypatch, settings, "tokens", "list", "--json") == 0
    out, err = capsys.readouterr()
    assert '"name": "desk"' in out
    assert "'two words' cannot be the name" in err
    assert command(monkeypatch, settings, "tokens", "remove", "desk") == 0
    assert command(monkeypatch, settings, "tokens", "remove", "desk") == 2
    assert read_tokens(settings) == []


def test_a_file_of_tokens_that_is_not_there_is_an_error_and_no_open_door(tmp_path: Path) -> None:
    from watchword.web.guard import refusal

    settings = Settings(home=tmp_path, api_tokens=str(tmp_path / "absent"), _env_file=None)
    scope = {"type": "http", "method": "GET", "path": "/api/v1/status", "client": ("127.0.0.1", 5)}
    refused = refusal({**scope, "headers": [(b"host", b"127.0.0.1")]}, settings)
    assert refused is not None
    assert refused.status == 500
    assert "there is no such file" in refused.sentence
