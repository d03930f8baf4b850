"""The stages of a harvest, a module each: crawl, extract and read, index, watch."""
