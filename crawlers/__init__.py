"""Collect: sources in, exchanges out.

`catalogue.load_sources` reads the YAML files of sources, `catalogue.groups` parts them so that no two processes share a
host, and `process.crawl` crawls one group into an archive, which is whatever satisfies `exchange.Archive`:

    summary = crawl(load_sources([folder]), archive, memory, CrawlOptions(contact="mailto:desk@example.org"))

A new kind of source is a spider in `spiders/`, a line in `process.SPIDERS` and a line in `catalogue.KIND_FIELDS`.
"""
