"""Archive: every exchange kept as it crossed the wire, in WARC, under a signed chain of hashes.

    folder = RunFolder.create(settings.runs / new_run_id(now))
    with Writer(folder, "gazette") as archive:      one a crawl process; `archive.keep(exchange)`
        ...
    seal(folder, Signer.of(home))                   merge the parts, name every digest, sign
    for capture in captures(folder): ...            read what was kept
    stamp(folder, url)                              a third party attests when; optional
    verify(folder, trusted_keys(keys_of(home)))     offline; names the first thing that is wrong

`docs/evidence.md` states the formats and what each check means.
"""

from watchword.archive.folder import RunFolder, new_run_id, segments
from watchword.archive.keys import Signer, keys_of, trusted_keys
from watchword.archive.manifest import manifest_captures, seal, seal_derived
from watchword.archive.reader import Capture, captures, captures_in
from watchword.archive.records import Original
from watchword.archive.timestamps import stamp
from watchword.archive.tombstones import Tombstone, forget, forgotten_captures
from watchword.archive.verify import Verdict, verify
from watchword.archive.writer import Writer

__all__ = [
    "Capture",
    "Original",
    "RunFolder",
    "Signer",
    "Tombstone",
    "Verdict",
    "Writer",
    "captures",
    "captures_in",
    "forget",
    "forgotten_captures",
    "keys_of",
    "manifest_captures",
    "new_run_id",
    "seal",
    "seal_derived",
    "segments",
    "stamp",
    "trusted_keys",
    "verify",
]
