"""Forms of the verbs of trade in `catalogue/role-verbs.yaml`: which of them say what a party does, or is done to."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Use = Literal["doer", "by", "deal"]
# What the subject of a verb is, and which way goods or money go in what it tells of.
KINDS: Mapping[str, tuple[str, str, str | None]] = {
    "supplied": ("supplier", "supplied", "give"),
    "shipped": ("supplier", "shipped", "give"),
    "manufactured": ("manufacturer", "manufactured", None),
    "carried": ("forwarder", "shipped", None),
    "bought": ("consignee", "supplied", "take"),
    "brokered": ("broker", "brokered", None),
    "financed": ("financier", "financed", None),
}
DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")
ENGLISH_ONCE = frozenset({"deliver", "market", "transfer", "order", "broker", "divert"} | {"export", "import"})
STRESSED = frozenset({"transfer", "remit", "ship", "transship", "tranship", "reship"})
FRENCH_AUXILIARIES = ("a", "ont", "avait", "avaient", "aurait", "auraient", "avoir", "ayant", "aura", "auront")
SPANISH_AUXILIARIES = ("ha", "han", "había", "habían", "habría", "habrían", "haber", "habiendo", "habrá", "hubiera")
ENGLISH_AUXILIARIES = ("has", "had", "have", "having")
ENGLISH_IRREGULAR = {"make": "made", "pay": "paid", "take": "took", "put": "put", "bear": "bore"}
SPANISH_IRREGULAR = {"hacer": ("hizo", "hicieron", "hecho")}
# A verb of many meanings: it counts in a sentence that speaks of goods.
VAGUE = "~"
# Before a base form these keep the subject: "agreed to sell", "offered to buy".
ENGLISH_WILLING = (
    "agreed to",
    "offered to",
    "undertook to",
    "contracted to",
    "was to",
    "were to",
    "helped",
    "tried to",
)
SPANISH_ENDINGS = {
    "ar": ("ó", "aron", "aba", "aban", "a", "an", "ado"),
    "er": ("ió", "ieron", "ía", "ían", "e", "en", "ido"),
    "ir": ("ió", "ieron", "ía", "ían", "e", "en", "ido"),
}


@dataclass(frozen=True)
class Form:
    """A form of a verb and how it is used; an inflected form agrees in gender and number."""

    text: str
    use: Use
    inflected: bool = False
    vague: bool = False


def verb_forms(stated: Mapping[str, Mapping[str, list[Any]]]) -> Iterator[tuple[str, str, Form]]:
    """Yield language, kind and form of all verbs as the catalogue states them."""
    for language, kinds in stated.items():
        for kind, verbs in kinds.items():
            for verb in verbs:
                first, *rest = verb if isinstance(verb, list) else [verb]
                forms = CONJUGATIONS[language](first.removeprefix(VAGUE), *rest)
                vague = first.startswith(VAGUE)
                yield from ((language, kind, replace(form, vague=vague)) for form in forms)


def _english(base: str, past: str = "") -> Iterator[Form]:
    verb, _, rest = base.partition(" ")
    behind = f" {rest}" if rest else ""
    done = past.partition(" ")[0] or ENGLISH_IRREGULAR.get(verb) or _regular(verb)
    third = re.sub(r"y$", "ie", verb) if re.search(r"[^aeiou]y$", verb) else verb
    third += "es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s"
    yield from (Form(form + behind, "doer") for form in (done, third))
    yield from (Form(f"{auxiliary} {done}{behind}", "doer") for auxiliary in ENGLISH_AUXILIARIES)
    yield from (Form(f"{willing} {verb}{behind}", "doer") for willing in ENGLISH_WILLING)
    gerund = (re.sub(r"e$", "", verb) if not verb.endswith("ee") else verb) + "ing"
    if _doubles(verb):
        gerund = f"{verb}{verb[-1]}ing"
    yield from (Form(form + behind, "deal") for form in (verb, gerund, done))
    yield Form(f"{done}{behind} by", "by")


def _doubles(verb: str) -> bool:
    return verb in STRESSED or (len(verb) < 5 and DOUBLED.search(verb) is not None and verb not in ENGLISH_ONCE)


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _doubles(verb) else f"{verb}ed"


def _french(infinitive: str, participle: str = "", stem: str = "") -> Iterator[Form]:
    verb, _, rest = infinitive.partition(" ")
    if verb in ("se", "s") or verb.startswith("s'"):
        return
    behind = f" {rest}" if rest else ""
    done = participle or verb.removesuffix("er") + "é" + behind
    if not participle and not verb.endswith("er"):
        done = re.sub("ir$", "i", verb).replace("ouvri", "ouvert") + behind
    yield from (Form(f"{auxiliary} {done}", "doer", inflected=True) for auxiliary in FRENCH_AUXILIARIES)
    root = (stem.partition(" ")[0] or verb[:-2]).removesuffix("ait")
    yield from (Form(root + ending + behind, "doer") for ending in ("ait", "aient", "ant", "ent"))
    if not participle:
        yield from (Form(verb[:-2] + ending + behind, "doer") for ending in ("a", "èrent"))
    yield from (Form(form, "deal", inflected=True) for form in (done, infinitive))
    yield Form(f"{done} par", "by", inflected=True)


def _spanish(infinitive: str, third: str = "", plural: str = "", participle: str = "") -> Iterator[Form]:
    verb, _, rest = infinitive.partition(" ")
    behind, reflexive = (f" {rest}" if rest else ""), verb.endswith("se")
    verb = verb.removesuffix("se")
    endings = SPANISH_ENDINGS[verb[-2:]]
    made = [verb[:-2] + ending + behind for ending in endings]
    if verb in SPANISH_IRREGULAR:
        made[0], made[1], made[-1] = (form + behind for form in SPANISH_IRREGULAR[verb])
    made[:2] = [third or made[0], plural or made[1]]
    done = participle or made[-1]
    yield from (Form(("se " if reflexive and not third else "") + form, "doer") for form in made[:-1])
    yield from (Form(f"{auxiliary} {done}", "doer") for auxiliary in SPANISH_AUXILIARIES)
    yield from (Form(form, "deal", inflected=True) for form in (done, infinitive))
    yield Form(f"{done} por", "by", inflected=True)


def _russian(past: str, singular: str, plural: str, passive: str) -> Iterator[Form]:
    verb, _, rest = past.partition(" ")
    behind = f" {rest}" if rest else ""
    reflexive = verb.endswith("ся")
    root = verb.removesuffix("ся")
    short = "" if root.endswith("л") else "л"
    for ending in ("", "а", "о", "и"):
        form = root if not ending else root + short + ending
        suffix = "" if not reflexive else ("ся" if not ending else "сь")
        yield Form(form + suffix + behind, "doer")
    yield from (Form(form, "doer") for form in (singular, plural))
    active = (root.removesuffix("л") + "вший") if root.endswith("л") else root + "ший"
    yield Form(active + behind, "doer", inflected=True)
    done, _, object_ = passive.partition(" ")
    if not reflexive and not rest:
        full = f"{done}ый" if done.endswith("м") else f"{done}ный" if done.endswith("н") else f"{done}ый"
        yield Form(full, "by", inflected=True)
        yield from (Form(done + ending, "by") for ending in ("", "а", "о", "ы"))
    elif object_:
        yield Form(f"{object_} {done}", "by")


def _arabic(past: str, present: str) -> Iterator[Form]:
    verb, _, rest = past.partition(" ")
    behind = f" {rest}" if rest else ""
    feminine = re.sub("[ىا]$", "", verb) + "ت"
    yield from (Form(form + behind, "doer") for form in (verb, feminine))
    now, _, rest_now = present.partition(" ")
    behind_now = f" {rest_now}" if rest_now else ""
    yield from (Form(form + behind_now, "doer") for form in (now, f"ت{now[1:]}"))


CONJUGATIONS: Mapping[str, Callable[..., Iterator[Form]]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
    "ru": _russian,
    "ar": _arabic,
}
