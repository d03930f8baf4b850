"""Charset: bytes to text, by what the bytes allow before what anybody declares."""

import codecs
import re
import unicodedata

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
# Names that publishers write for a charset of which the second is a superset that their editor used.
WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb2312-80": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Where a charset is declared the HTML standard looks no further than this; some publishers start later.
HEAD_BYTES = 4096
# Detection looks at this much, which holds enough letters and takes some milliseconds.
SAMPLE_BYTES = 32_768
# Fewer letters than this do not tell one charset from another.
FEW_LETTERS = 8
# UTF-8 that somebody read as cp1252 or cp1251 and saved again: the lead byte of a character and what follows it.
# Of cp1251 only quotation marks and dashes are told apart from real Ukrainian, which writes "Гі".
LEADS = "ÂÃÄÅâ"
MISREAD_LATIN = re.compile(
    "[ÂÃÄÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80-\x84€‚„][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
)
MISREAD_CYRILLIC = re.compile("вЂ[ђ‘’“”•–—™љ›њќћџ¦]")
# So many such places are no accident.
MISREADINGS = 3
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
ACCENTS_ALONE = re.compile("[À-ÖØ-öø-ÿ]{4,}")
CYRILLIC_CAPITALS, CYRILLIC_SMALL = re.compile("[А-Я]"), re.compile("[а-я]")
COMMON_CYRILLIC = re.compile("[оеаинтсрвл]")
CYRILLIC_CHARSETS = ("cp1251", "koi8-r", "cp866", "iso8859-5")
# In Russian, Ukrainian and Bulgarian text the ten commonest letters make 0.6 to 0.7 of all.
CYRILLIC_SHARE = 0.5
SHIFTS = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")


def canonical(name: str | None) -> str | None:
    """Return Python's name for the charset *name*, in its wider form, or None where there is no such charset."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return WIDER.get(found, found)


def decode(payload: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of *payload* and remarks on what had to be guessed or replaced.

    A byte order mark decides; then valid UTF-8; then a charset named in the markup or *declared* by the header, where
    what it gives looks like writing; then detection. Illegal bytes become U+FFFD, control characters go.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if payload.startswith(mark):
            return cleaned(payload[len(mark) :].decode(name, "replace"))
    wide = sniff_utf16(payload)
    if wide:
        return cleaned(payload.decode(wide, "replace"))
    if not SHIFTS.search(payload[:SAMPLE_BYTES]):
        try:
            return cleaned(payload.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return decode_legacy(payload, declared)


def decode_legacy(payload: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the text of a *payload* that is not UTF-8, and remarks."""
    meta = META.search(payload[:HEAD_BYTES])
    named = [canonical(meta.group(1).decode("ascii")) if meta else None, canonical(declared)]
    for name in dict.fromkeys(n for n in named if n):
        text = payload.decode(name, "replace")
        if looks_written(text[:SAMPLE_BYTES]):
            return cleaned(text)
    detected = detect(payload)
    fallback = detected or next((n for n in named if n), None) or "cp1252"
    text, remarks = cleaned(payload.decode(fallback, "replace"))
    return text, (f"charset taken as {fallback}, which nothing declared", *remarks)


def sniff_utf16(payload: bytes) -> str | None:
    """Return the kind of UTF-16 that *payload* is in without a mark, told by the zero bytes of its Latin letters."""
    head = payload[:HEAD_BYTES]
    half = len(head) // 2
    if half < FEW_LETTERS:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def looks_written(text: str) -> bool:
    """Say whether *text* looks like writing: few illegal characters, and letters as words have them.

    Bytes of another alphabet read as Latin give words without any plain letter; KOI8 read as cp1251 swaps the cases.
    """
    foreign = [c for c in text if c > "\x7f"]
    if len(foreign) < FEW_LETTERS:
        return text.count("\ufffd") <= 1
    strange = sum(1 for c in foreign if c == "\ufffd" or unicodedata.category(c) in ("Cc", "Co", "Cn"))
    if strange > len(foreign) * 0.02:
        return False
    if len(ACCENTS_ALONE.findall(text)) > FEW_LETTERS // 2:
        return False
    upper, lower = len(CYRILLIC_CAPITALS.findall(text)), len(CYRILLIC_SMALL.findall(text))
    return upper <= max(FEW_LETTERS, lower * 1.5)


def detect(payload: bytes) -> str | None:
    """Return the charset that the bytes of *payload* look like, or None."""
    sample = payload[:SAMPLE_BYTES]
    shares = {name: cyrillic_share(sample.decode(name, "replace")) for name in CYRILLIC_CHARSETS}
    likely = max(shares, key=lambda name: shares[name])
    if shares[likely] > CYRILLIC_SHARE:
        return likely
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return canonical(best.encoding) if best else None


def cyrillic_share(text: str) -> float:
    """Return the share that the ten commonest small letters of Russian have in the foreign letters of *text*."""
    foreign = sum(1 for c in text if c > "\x7f")
    return len(COMMON_CYRILLIC.findall(text)) / foreign if foreign >= FEW_LETTERS else 0.0


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without control characters and double encoding, and remarks on illegal bytes."""
    broken = text.count("\ufffd")
    remarks = (f"{broken} illegal characters replaced",) if broken else ()
    for misread, charset, leads in ((MISREAD_LATIN, "cp1252", LEADS), (MISREAD_CYRILLIC, "cp1251", "Ђ")):
        found = len(misread.findall(text)) if leads[-1] in text or leads[0] in text else 0
        if found >= MISREADINGS and found >= sum(map(text.count, leads)) * 0.7:
            text = misread.sub(lambda m: read_again(m.group(), charset), text)  # noqa: B023
            remarks = (*remarks, f"{found} characters that were encoded twice decoded again")
    return CONTROLS.sub("", text), remarks


def read_again(misread: str, charset: str) -> str:
    """Return the character whose UTF-8 bytes *misread* shows in *charset*; *misread* itself where there is none."""
    codes = bytearray()
    for character in misread:
        try:
            codes += character.encode(charset)
        except UnicodeEncodeError:
            codes += character.encode("latin-1", "replace")
    try:
        return codes.decode("utf-8")
    except UnicodeDecodeError:
        return misread
