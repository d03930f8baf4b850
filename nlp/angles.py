"""Angles in running text: degrees, minutes and seconds in the typographies of six languages, and where they point.

Matching is done on a copy with one character for each of the text's, so that offsets stay.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

LAT: Final = "latitude"
LON: Final = "longitude"
LOOKALIKES: Final = {
    **dict.fromkeys("º˚∘⁰度", "°"),
    **dict.fromkeys("′’‘ʹ´`ʼ＇分", "'"),
    **dict.fromkeys("″”“„ʺ＂秒", '"'),
    **dict.fromkeys("−–‒‐‑", "-"),
    **dict.fromkeys("،，、", ","),
    "٫": ".",
    "．": ".",
}
# Words that say where an angle points, and the axis and sign that they give.
DIRECTIONS: Final[Mapping[str, tuple[str, int]]] = {
    r"N(?![A-Za-z])|(?i:north(?:ern)?|nord|norte)|(?i:северн(?:ой|ая)|сев\.|с\. ?ш\.?)|شمال[ايةهً]*|北[纬緯]": (LAT, 1),
    r"S(?![A-Za-z])|(?i:south(?:ern)?|sud|sur)|(?i:южн(?:ой|ая)|ю\. ?ш\.?)|جنوب[ايةهً]*|南[纬緯]": (LAT, -1),
    r"E(?![A-Za-z])|(?i:east(?:ern)?|este|est)|(?i:восточн(?:ой|ая)|вост\.|в\. ?д\.?)|شرق[ايةهً]*|[东東][经經]": (
        LON,
        1,
    ),
    r"[WO](?![A-Za-z])|(?i:west(?:ern)?|ouest|oeste)|(?i:западн(?:ой|ая)|зап\.|з\. ?д\.?)|غرب[ايةهً]*|西[经經]": (
        LON,
        -1,
    ),
}
LABELS: Final[Mapping[str, tuple[str, int]]] = {
    r"(?i:latitude?|lat\.?|широт[аыеу])|(?:خط |دائر[هة] )?(?:ال)?عرض|[纬緯]°": (LAT, 0),
    r"(?i:longitude?|long\.?|lon\.?|lng\.?|долгот[аыеу])|(?:خط |قوس )?(?:ال)?طول|[经經]°": (LON, 0),
}
_ALL: Final = {**DIRECTIONS, **LABELS}
_WORD = r"(?<![A-Za-zА-яé])(?:" + "|".join(_ALL) + r")(?![a-zа-яé])"
BEFORE: Final = re.compile(rf"(?:{_WORD}[ :=.]*(?:(?:of|de|d'|is|es|est|- )[ :=]*)?){{1,3}}$")
AFTER: Final = re.compile(rf"(?: ?(?:of |de |من |خط )?{_WORD}){{1,3}}")
EACH_WORD: Final = re.compile(_WORD)

_NUMBER = r"\d{1,3}(?:[.,]\d{1,12})?"
_PART = r"\d{1,2}(?:[.,]\d{1,6})?"
_DEGREE = r" ?(?:°|(?i:degrees?|deg\.?|degrés?|grados?|градус(?:а|ов)?|град\.)|درج(?:ة|ه|ات))"
_MINUTE = r" ?(?:'(?!')|(?i:minutes?|min\.?|minutos?|минут[аы]?|мин\.?)|دقيق[ةه]|دقائق)"
_SECOND = r" ?(?:\"|''|(?i:seconds?|sec\.?|secondes?|segundos?|секунд[аы]?|сек\.?)|ثاني[ةه]|ثوان[ي]?)"
_AND = r" ?(?:و|and |et |y |и )? ?"
ANGLE: Final = re.compile(
    rf"(?P<degrees>{_NUMBER})(?P<mark>{_DEGREE}"
    rf"(?:{_AND}(?P<minutes>{_PART}){_MINUTE}(?:{_AND}(?P<seconds>{_PART})(?:{_SECOND}|(?= ?[NSEWO]\b)))?)?)?"
)
# Numbers apart, as in "33 43 24 N": the direction must be there.
APART: Final = re.compile(
    r"(?P<degrees>\d{1,3})[ :-](?P<minutes>\d{2}(?:\.\d+)?)(?:[ :-](?P<seconds>\d{2}(?:\.\d+)?))?"
)
POINTED: Final = re.compile(r"['\"]? ?[NSEWO](?![A-Za-z])")
# As in aeronautical notices: 334324N0514336E.
COMPACT: Final = re.compile(
    r"(\d(?<![\w.]\d)\d)([0-5]\d)([0-5]\d(?:\.\d+)?)?([NS])[ ,/-]{0,2}"
    r"([01]\d{2})([0-5]\d)([0-5]\d(?:\.\d+)?)?([EW])(?!\w)"
)
BARE: Final = "a bare number"
# What cannot stand before the first digit: letters, money, a digit or a part of a longer number.
FORBIDDEN_BEFORE: Final = re.compile(r"(?:\w[NSEWO]|[A-DF-MP-RT-VX-Za-zА-я\d$€£¥₽_/\\#]|\d[.,])$")
SIGN: Final = re.compile(r"(?:^|[\s(\[,:;=/@])([+-])$")
# Without one of these there are no coordinates: degrees, two decimals, a letter or word of direction.
# All begin with one class of characters, so that `re` passes over the others.
HINT: Final = re.compile(
    r"[°纬緯\dNSEWOLlГгШшدعشج](?:(?<=[°纬緯])"
    r"|(?<=\d)(?:[.,]\d\d|['\" ]{0,2}[NSEWO](?![A-Za-z])| deg| (?:north|nord|norte|south|sud|sur)\b)"
    r"|(?<=[NSEWO]) ?\d|(?<=[Ll])atitud|(?<=L)ATITUD|(?<=[Гг])радус|(?<=[Шш])ирот|(?<=ш)\."
    r"|(?<=د)رج|(?<=ع)رض|(?<=ش)مال|(?<=ج)نوب)"
)
# A pair of angles written out in full, with what stands before it, is shorter than this.
AROUND = 120
# The longest words before an angle, "41 degrees of northern latitude:", take this many characters.
REACH = 36


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle in the text: `axis` is None and `sign` 0 where the text does not say; `places` counts its decimals."""

    start: int
    end: int
    degrees: float
    style: str
    axis: str | None
    sign: int
    places: int

    @property
    def whole(self) -> bool:
        """Whether it is a number without degree sign, minutes or decimals, as anything in a text may be."""
        return self.style == BARE and not self.places

    @property
    def fine(self) -> bool:
        """Whether it is as precise as a point on the map: with minutes, or two decimals."""
        return "minutes" in self.style or self.places > 1

    @property
    def value(self) -> float:
        """The angle with its sign; positive where the text gives none."""
        return self.degrees * (self.sign or 1)


class _Likenesses(dict[int, str]):
    """What each character is read as, learnt as characters come."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        wide = unicodedata.normalize("NFKC", character)
        if character.isspace():
            self[code] = " "
        elif unicodedata.category(character) == "Nd":
            self[code] = str(unicodedata.digit(character))
        else:
            self[code] = wide if len(wide) == 1 else character
        return self[code]


_LIKENESSES = _Likenesses((ord(character), likeness) for character, likeness in LOOKALIKES.items())


def plain(text: str) -> str:
    """Return *text* with plain digits, degree signs, primes, minus signs and spaces, as long as it was."""
    return text if text.isascii() and "`" not in text and "\n" not in text else text.translate(_LIKENESSES)


def promising(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the `plain` *text* that may hold coordinates; they do not overlap."""
    start, end = 0, 0
    for hint in HINT.finditer(text):
        if hint.start() - AROUND > end:
            if end:
                yield start, end
            start = hint.start() - AROUND
        end = min(len(text), hint.end() + AROUND)
    if end:
        yield start, end


def find_angles(text: str) -> Iterator[Angle]:
    """Yield the numbers of the `plain` *text* that may be angles, in order, each with what is said of its direction."""
    for start, end in promising(text):
        yield from _find_angles(text, start, end)


def _find_angles(text: str, position: int, end: int) -> Iterator[Angle]:
    free_from = position
    while found := ANGLE.search(text, position, end):
        start = found.start()
        before = text[max(0, start - 2) : start]
        # "35.72,51.33" is two numbers; "1,234,567" is one.
        parted = start - 1 == position == free_from
        angle = None if FORBIDDEN_BEFORE.search(before) and not parted else _read(text, found, free_from)
        if angle:
            yield angle
            position = free_from = angle.end
        else:
            position = _end_of_number(text, start)


def _end_of_number(text: str, start: int) -> int:
    while start < len(text) and (text[start].isdigit() or text[start] in ".,"):
        start += 1
    return start


def _read(text: str, found: re.Match[str], free_from: int) -> Angle | None:
    """Return the angle at *found*, whose words before it begin at *free_from* at the earliest."""
    signed = SIGN.search(text[max(free_from, found.start() - 2) : found.start()])
    start = found.start() - bool(signed)
    before = BEFORE.search(text[max(free_from, start - REACH) : start])
    read = _apart(text, found, bool(before)) or found
    degrees = _degrees(*read.group("degrees", "minutes", "seconds"))
    if degrees is None or (read.end() < len(text) and text[read.end()].isdigit()):
        return None
    _, _, decimals = read["degrees"].replace(",", ".").partition(".")
    sign = -1 if signed and signed[1] == "-" else 0
    angle = Angle(start, read.end(), degrees, _style(found, read), None, sign, len(decimals))
    return _direct(text, angle, before.group() if before else "")


def _apart(text: str, found: re.Match[str], pointed: bool) -> re.Match[str] | None:
    """Return the match of degrees and minutes that only spaces part, where a direction stands beside them."""
    apart = None if found["mark"] else APART.match(text, found.start())
    return apart if apart and (pointed or POINTED.match(text, apart.end())) else None


def _style(found: re.Match[str], read: re.Match[str]) -> str:
    if read["minutes"]:
        return "degrees and minutes" if read["seconds"] is None else "degrees, minutes and seconds"
    return "decimal degrees" if found["mark"] else BARE


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> float | None:
    parts = [float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)]
    if parts[0] > 180 or parts[1] >= 60 or parts[2] >= 60:
        return None
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def _direct(text: str, angle: Angle, before: str) -> Angle:
    """Return *angle* with the axis and sign that the words before it, or else after it, give."""
    axis, sign = _meaning(before)
    start = angle.start - len(before)
    if before and sign:
        return replace(angle, start=start, axis=axis, sign=sign)
    after = AFTER.match(text, angle.end)
    axis_after, sign_after = _meaning(after.group()) if after else (None, 0)
    if after and axis_after and axis in (None, axis_after):
        return replace(angle, start=start, end=after.end(), axis=axis_after, sign=sign_after or angle.sign)
    return replace(angle, start=start, axis=axis) if before else angle


def _meaning(words: str) -> tuple[str | None, int]:
    """Return the axis and the sign that *words* give; an axis alone has the sign 0."""
    axis, sign = None, 0
    for word in EACH_WORD.finditer(words):
        for pattern, (its_axis, its_sign) in _ALL.items():
            if re.fullmatch(pattern, word.group()):
                axis, sign = axis or its_axis, sign or its_sign
    return axis, sign
