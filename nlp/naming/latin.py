"""Organisations in Latin letters: `Alpha Trading Co., Ltd`, `PT Bina Sakti`, `Institute of Nuclear Physics`."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.alternation import any_word
from nlp.legal_forms import SHORT, alternatives_after, legal_forms
from nlp.naming.stretch import Stretch, Word, quoted_after, quoted_before, walk_left, walk_right

CONNECTORS = frozenset(
    {"of", "for", "and", "the", "de", "del", "la", "las", "los", "le", "les", "du", "des", "et", "y", "e", "da", "do"}
    | {
        "dos",
        "das",
        "und",
        "für",
        "der",
        "di",
        "della",
        "van",
        "von",
        "en",
        "per",
        "para",
        "pour",
        "ve",
        "i",
        "al",
        "el",
    }
)
# Words with a capital that start a sentence or go before a name and are no part of it.
NOT_IN_NAMES = frozenset(
    {"the", "a", "an", "in", "on", "at", "by", "from", "with", "and", "but", "or", "to", "of", "for", "as", "that"}
    | {"this", "these", "its", "their", "his", "both", "when", "while", "after", "before", "under", "between", "if"}
    | {"messrs", "mr", "mrs", "ms", "dr", "company", "firm", "supplier", "consignee", "buyer", "seller", "exporter"}
    | {"importer", "manufacturer", "shipper", "applicant", "beneficiary", "entity", "entities", "companies", "via"}
    | {"le", "la", "les", "l", "un", "une", "des", "du", "de", "el", "los", "las", "una", "der", "die", "das", "il"}
    | {"société", "empresa", "firma", "según", "selon", "par", "por", "dans", "chez", "pour", "para", "con", "y", "et"}
)
INSTITUTIONS = (
    "Institute|Institution|University|Ministry|Department|Agency|Bureau|Center|Centre|Laboratory|Laboratories|Academy"
    "|College|Commission|Committee|Council|Authority|Administration|Organi[sz]ation|Corporation|Company|Bank|Factory"
    "|Association|Foundation|Directorate|Enterprise|Consortium|Industries|Shipyard|Refinery|Airlines|Airways"
)
# What a person is of an organisation is no part of its name.
TITLES = frozenset(
    {"head", "chair", "chairman", "chairwoman", "chairperson", "president", "director", "member", "commander", "chief"}
    | {
        "ceo",
        "cfo",
        "minister",
        "consultant",
        "leader",
        "secretary",
        "founder",
        "owner",
        "manager",
        "general",
        "deputy",
    }
    | {"vice", "former", "officer", "representative", "ambassador", "professor", "researcher", "staff", "annex"}
)
OF_INSTITUTIONS = (
    "Institute|University|Ministry|Department|Bureau|Center|Centre|Laboratory|Academy|College|Faculty|Bank"
    "|Board|Council"
    "|Office|Agency|Authority|Organi[sz]ation|Directorate|Establishment|School|Corporation|Commission|Administration"
)
ROMANCE_INSTITUTIONS = (
    "[Ii]nstitut|[Uu]niversité|[Mm]inistère|[Aa]gence|[Cc]ommissariat|[Ll]aboratoire|[Bb]anque|[Aa]cadémie|[Ss]ociété"
    "|[Ii]nstituto|[Uu]niversidad|[Mm]inisterio|[Aa]gencia|[Cc]omisión|[Ll]aboratorio|[Cc]entro|[Bb]anco|[Aa]cademia"
    "|[Oo]rganización|[Uu]niversidade|[Mm]inistério|[Uu]niversità|[Ii]stituto|[Cc]onsejo|[Dd]irección|[Dd]irection"
)
OF = r"(?:de la |de l['’]|de los |de las |d['’]|de |du |des |del |della |do |da )"


@cache
def _after() -> re.Pattern[str]:
    forms = [form for form in legal_forms() if form.stands_after and form.written.strip("(")[0] < "\u0250"]
    return re.compile(alternatives_after(r"(?<![\w.])", forms) + r"(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    forms = [form for form in legal_forms() if form.stands_before and form.written[0] < "\u0250"]
    return re.compile(alternatives_after(r"(?<![\w.\-])", forms) + r"(?!\w)")


@cache
def _forms_in_one_word() -> frozenset[str]:
    words = (form.written.replace(".", "") for form in legal_forms() if form.written[0] < "\u0250")
    return frozenset(word.casefold() for word in words if word.isalpha()) | {"bhd", "pty", "pte", "pvt"}


INSTITUTION_AFTER = re.compile(any_word(INSTITUTIONS.split("|"), r"\b") + r"\b(?! of\b| for\b)")
INSTITUTION = re.compile(INSTITUTIONS)
NUMBER = re.compile(r" No\. ?\d{1,4}\b| \d{1,3}(?=[,.;)]|$)")
INSTITUTION_OF = re.compile(any_word(OF_INSTITUTIONS.split("|"), r"\b") + r" (?:of|for) (?:the )?(?=[A-Z])")
ROMANCE_INSTITUTION = re.compile(
    any_word(ROMANCE_INSTITUTIONS.split("|"), r"\b") + rf" (?:[A-ZÀ-Þ][\w’'\-]+ )?(?:nationale? |nacional )?{OF}"
)


def find_latin(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names are in Latin letters."""
    for match in _after().finditer(text):
        yield from _with_form_after(text, match)
    for match in _before().finditer(text):
        yield from _with_form_before(text, match)
    yield from _institutions(text)


def _with_form_after(text: str, match: re.Match[str]) -> Iterator[Stretch]:
    reason = f"the legal form {_tidy(match.group())}"
    end = match.start() + len(match.group().rstrip())
    start = quoted_before(text, match.start())
    if start is None:
        before = len(text[: match.start()].rstrip(", \u00a0\n"))
        words = _without_lead(walk_left(text, before, _in_name), text)
        if not words or not _is_form(match.group(), words) or _opens_another(text, match, words):
            return
        start = words[0].start
    yield Stretch(start, _without_full_stop(text, end), reason)


def _is_form(form: str, words: list[Word]) -> bool:
    """Say whether *form* is one: two letters or so are only after a name that is not all in capitals."""
    letters = re.sub(r"[\W_]", "", form)
    if (letters == "CA" and "." not in form) or (letters == "KG" and words[-1].text.isdigit()):
        return False
    if len(letters) >= SHORT or "." in form:
        return len(words) > 1 or len(words[0].text) > 1
    return any(not word.text.isupper() for word in words) or letters not in {"AS", "SE", "AD", "CA", "SA", "AB", "KG"}


def _opens_another(text: str, match: re.Match[str], words: list[Word]) -> bool:
    """Say whether the form belongs to the name after it: `Granit and JSC Mars`, `moreover, JSC Mars`."""
    if words[-1].text in CONNECTORS:
        return True
    parted = "," in text[words[-1].end : match.start()]
    opens = _before().match(text, match.start()) is not None
    return parted and opens and text[match.end() : match.end() + 2][-1:].isupper()


def _without_full_stop(text: str, end: int) -> int:
    """Leave the full stop of a sentence outside where the form does not need it."""
    ends_sentence = text[end - 1] == "." and (end == len(text) or text[end] == "\n" or text[end : end + 1].isspace())
    dotted = text[max(0, end - 5) : end].count(".") > 1
    capital_follows = re.match(r"\s*(?:$|[A-ZÀ-Þ\"“«(])", text[end : end + 3]) is not None
    return end - 1 if ends_sentence and capital_follows and not dotted else end


def _with_form_before(text: str, match: re.Match[str]) -> Iterator[Stretch]:
    reason = f"the legal form {_tidy(match.group())}"
    end = quoted_after(text, match.end())
    if end is None:
        named_before = walk_left(text, len(text[: match.start()].rstrip(" \u00a0")), _in_name)
        words = walk_right(text, match.end(), _in_name)
        while words and words[-1].text in CONNECTORS:
            words.pop()
        if not words or _without_lead(named_before, text):
            return
        end = words[-1].end
        closing = _after().match(text, end + len(text[end:]) - len(text[end:].lstrip(", \u00a0")))
        end = closing.end() if closing else end
    yield Stretch(match.start(), end, reason)


def _institutions(text: str) -> Iterator[Stretch]:
    for match in INSTITUTION_AFTER.finditer(text):
        words = _without_lead(walk_left(text, match.start(), _in_name), text)
        if words:
            numbered = NUMBER.match(text, match.end())
            end = numbered.end() if numbered else match.end()
            yield Stretch(words[0].start, end, f"the word {match.group()}", 0.7)
    for match in INSTITUTION_OF.finditer(text):
        before = _without_lead(walk_left(text, match.start(), _in_name), text)
        end = _name_end(text, match.end())
        yield Stretch(before[0].start if before else match.start(), end, f"the words {match.group().strip()}", 0.7)
    for match in ROMANCE_INSTITUTION.finditer(text):
        end = _name_end(text, match.end())
        if text[match.end() : match.end() + 1].isupper() and end > match.end():
            yield Stretch(match.start(), end, f"the words {match.group().strip()}", 0.7)


def _name_end(text: str, start: int) -> int:
    words = walk_right(text, start, _in_name)
    words = words[: _another(words)]
    while words and words[-1].text in CONNECTORS:
        words.pop()
    return words[-1].end if words else start


def _another(words: list[Word]) -> int:
    """Return where in *words* a further name begins: "the Bureau of Prisons and the Department of Justice"."""
    for index in range(1, len(words) - 1):
        rest = words[index + 1 :]
        joined = next((place for place, word in enumerate(rest) if word.text == "and"), len(rest))
        if words[index].text == "and" and (rest[0].text == "the" or (joined > 1 and _has_institution(rest[:joined]))):
            return index
    return len(words)


def _in_name(word: Word) -> bool:
    if word.text.casefold() in _forms_in_one_word() and (len(word.text) > 2 or word.text.isupper()):
        return False
    return word.text[0].isupper() or word.text[0].isdigit() or word.text in CONNECTORS


def _parted(words: list[Word]) -> int:
    """Return the number of the "and" that parts two names: "A and the B", "A Institute and B"; 0 where none does."""
    for index in range(len(words) - 1, 0, -1):
        after = [word.text for word in words[index + 1 : index + 2]]
        if words[index].text == "and" and (after == ["the"] or _has_institution(words[:index])):
            return index
    return 0


def _has_institution(words: list[Word]) -> bool:
    return any(INSTITUTION.fullmatch(word.text) for word in words)


def _without_lead(words: list[Word], text: str) -> list[Word]:
    """Return *words* without those in front that start a sentence or introduce the name."""
    words = words[_parted(words) :]
    words = words[max(_after_title(words), _after_other_of(words)) :]
    while words and (
        words[0].text.casefold() in NOT_IN_NAMES or words[0].text in CONNECTORS or words[0].text.isdigit()
    ):
        if words[0].text.isdigit() and text[words[0].end : words[0].end + 2].strip()[:1].isupper():
            break
        words = words[1:]
    return words


def _after_title(words: list[Word]) -> int:
    """Return how many words belong to titles such as `Deputy Head of`, the last of several."""
    folded = [word.text.casefold() for word in words]
    ends = (i + 1 for i in range(1, len(words)) if folded[i] == "of" and folded[i - 1] in TITLES)
    return max(ends, default=0)


def _after_other_of(words: list[Word]) -> int:
    """Return how many words go before a name by `of`: a bank is of a country, papers are of a firm."""
    kinds = re.compile(rf"(?:{INSTITUTIONS}|{OF_INSTITUTIONS}|Bank|House|Sons|Works|Group|Republic|Union|Office)s?")
    ends = (i + 1 for i in range(1, len(words)) if words[i].text == "of" and not kinds.fullmatch(words[i - 1].text))
    return max(ends, default=0)


def _tidy(form: str) -> str:
    return " ".join(form.split())
