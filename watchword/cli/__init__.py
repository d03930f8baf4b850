"""The command line: `watchword`."""


def main() -> None:
    """Run the command line."""
    from watchword.cli.app import run

    run()
