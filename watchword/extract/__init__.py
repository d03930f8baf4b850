"""Extract: bytes in, readable text and metadata out; no network, no database, no clock.

    extract(payload, Hint(media_type="text/html", url="https://…"))     one payload, in this process
    with ExtractionPool(workers=2) as pool:                              many, in processes that can be killed
        for key, result in pool.map(payloads): ...

Hostile input belongs into the pool: a C library that loops cannot be stopped from inside.
"""

from watchword.extract.pool import ExtractionPool
from watchword.extract.readers import extract
from watchword.extract.values import Extracted, Hint, SetAside

__all__ = ["Extracted", "ExtractionPool", "Hint", "SetAside", "extract"]
