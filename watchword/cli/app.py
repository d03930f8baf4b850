"""The commands put together: `watchword COMMAND`."""

import sys

import typer
from typer.exceptions import TyperException

from watchword.cli import (
    corrections,
    evidence,
    exporting,
    harvest,
    knowledge,
    lists,
    models,
    reading,
    searching,
    sources,
    stages,
    watching,
)
from watchword.cli.output import warn
from watchword.errors import WatchwordError

app = typer.Typer(
    name="watchword",
    help="Collect public sources, read them, and hear when something watch-listed appears.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for module in (
    harvest,
    stages,
    sources,
    reading,
    lists,
    searching,
    exporting,
    watching,
    evidence,
    knowledge,
    models,
    corrections,
):
    module.register(app)


def run() -> None:
    """Run the command line; end with the exit codes of `docs/commands.md`."""
    # Half of a surrogate pair, which JSON from outside may bring, is written as JSON writes it.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(standalone_mode=False)
    except WatchwordError as error:
        warn(f"watchword: {error}")
        code = error.exit_code
    except TyperException as error:
        warn(f"watchword: {_usage(error)}")
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        warn("watchword: stopped; run the same command again to go on.")
        code = 1
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        warn(f"watchword: {_operating_system(error)}")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _usage(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path.replace("python -m watchword", "watchword") if context else "watchword"
    said = str(getattr(error, "format_message", error.__str__)()).rstrip(".")
    return f"{said}. '{command} --help' shows what is possible."


def _operating_system(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}. What was whole is kept; free space or mend the path, and run it again."
