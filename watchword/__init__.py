"""Watchword: collects public sources, reads them, and tells analysts when something they watch appears.

    watchword demo                 the tabletop exercise, end to end
    watchword harvest              crawl, extract, read, index, watch and notify: one run

`watchword.process` puts the stages together; `docs/design.md` says why they are cut as they are.
"""
