"""Make one harvest in this process, as the environment's settings say."""

from watchword.archive import RunFolder
from watchword.process import extract_stage, index_stage, plan, watch_stage
from watchword.settings import load_settings
from watchword.stages.crawling import crawl_group
from watchword.store.database import Database


def main() -> None:
    """Crawl the one group of sources, and take the run through all stages."""
    settings = load_settings()
    database = Database(settings.database)
    made = plan(settings, database)
    assert made is not None
    (group,) = made.groups
    crawl_group(settings, database, RunFolder(settings.runs / made.run), group)
    extract_stage(settings, database, made.run)
    index_stage(settings, database, made.run)
    watch_stage(settings, database, made.run)


if __name__ == "__main__":
    main()
