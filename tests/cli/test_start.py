"""A command that does little starts quickly: it imports nothing heavy."""

import subprocess
import sys

HEAVY = ("spacy", "scrapy", "twisted", "sqlalchemy", "tantivy", "elasticsearch", "lxml", "numpy", "pydantic", "fastapi")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom watchword.cli.app import app\n"
        "try:\n    app(['--help'], standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "harvest" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
