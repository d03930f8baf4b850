"""Sites: the catalogue of nuclear, missile, chemical and biological sites, and their names in running text."""

from nlp.sites.catalogue import Site, SiteError, all_sites, find_site, load_sites, search_sites, sites_named
from nlp.sites.finding import find_sites, rejected_sites

__all__ = [
    "Site",
    "SiteError",
    "all_sites",
    "find_site",
    "find_sites",
    "load_sites",
    "rejected_sites",
    "search_sites",
    "sites_named",
]
