"""The spiders: one a kind of source."""
