"""Words of organisations' names that are translated and not transliterated, under one English word each."""

import re
from functools import cache
from importlib.resources import files

from nlp.folding import folded

# Legal forms that are written out; they say what kind of body it is, not which.
FORM_PHRASES = (
    "общество с ограниченной ответственностью",
    "публичное акционерное общество",
    "закрытое акционерное общество",
    "открытое акционерное общество",
    "акционерное общество",
    "товариство з обмеженою відповідальністю",
    "федеральное государственное унитарное предприятие",
    "государственное унитарное предприятие",
    "joint stock company",
    "limited liability company",
    "private limited",
    "societe anonyme",
    "sociedad anonima",
    "sociedad limitada",
    "gesellschaft mit beschrankter haftung",
    "anonim sirketi",
    "limited sirketi",
    "شركه ذات مسووليه محدوده",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "株式会社",
    "주식회사",
    "유한회사",
)
EAST_ASIAN = re.compile(r"[㐀-鿿\uf900-\ufaff가-힯]")


@cache
def concepts() -> dict[str, str]:
    """Return folded word to English word."""
    text = files("nlp.names").joinpath("glossary.txt").read_text("utf-8")
    pairs = (line.partition(":") for line in text.splitlines() if line and line[0] != "#")
    return {folded(word): concept for concept, _, listed in pairs for word in f"{concept} {listed}".split()}


@cache
def _east_asian() -> re.Pattern[str]:
    words = sorted((word for word in concepts() if len(word) > 1 and EAST_ASIAN.search(word)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(p)}(?!\w)" if not EAST_ASIAN.search(p) else p for p in map(folded, FORM_PHRASES))
    )


def without_forms(name: str) -> str:
    """Return a folded *name* without legal forms that are written out; as it was where nothing is left."""
    bare = _forms().sub(" ", name).strip()
    return bare or name


def divided(run: str) -> list[str]:
    """Return a run of East Asian letters cut where a word of the glossary begins or ends."""
    cut = _east_asian().sub(lambda match: f" {match.group()} ", run)
    return cut.split()
