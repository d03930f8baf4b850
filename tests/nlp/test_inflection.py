"""Dictionary forms find the forms that texts use, and not other words."""

import pytest

from nlp.passage import Passage
from nlp.phrases import PhraseBook

FORMS = [
    ("ru", "мартенситно-стареющая сталь", "мартенситностареющей стали"),
    ("ru", "мартенситно-стареющая сталь", "мартенситно-стареющими сталями"),
    ("ru", "преобразователь частоты", "преобразователей частоты"),
    ("ru", "балансировочный станок", "балансировочными станками"),
    ("ru", "горячий изостатический пресс", "горячего изостатического пресса"),
    ("ru", "сильфонный клапан", "сильфонных клапанов"),
    ("ru", "трубка", "трубок"),
    ("ru", "литий", "литием"),
    ("ru", "испытание", "испытаний"),
    ("ar", "محول تردد", "ومحولات التردد"),
    ("ar", "صمام محكم", "للصمامات المحكمة"),
    ("ar", "فولاذ ماراجينغ", "بالفولاذ الماراجينغ"),
    ("ar", "جهاز طرد مركزي", "أجهزة الطرد المركزي"),
    ("ar", "كاميرا حرارية", "كاميرات حرارية"),
    ("es", "válvula de fuelle", "válvulas de fuelles"),
    ("es", "convertidor de frecuencia", "convertidores de frecuencia"),
    ("es", "aleación de titanio", "aleaciones de titanio"),
    ("fr", "presse isostatique à chaud", "presses isostatiques à chaud"),
    ("fr", "canal", "canaux"),
    ("fr", "convertisseur de fréquence", "convertisseurs de la fréquence"),
    ("en", "fibre-optic gyroscope", "fiber optic gyroscopes"),
    ("en", "anti-vibration mount", "antivibration mounts"),
    ("en", "antivibration mount", "anti vibration mounts"),
    ("en", "aluminium assembly", "aluminum assemblies"),
    ("en", "vaporised matrix", "vaporized matrices"),
    ("en", "flow-forming machine", "flow-\nforming machines"),
    ("en", "gas centrifuge", "gas centri-\nfuges"),
    ("en", "carbon fibre", "carbon ﬁ bres"),
    ("zh", "马氏体时效钢", "馬氏體時效鋼"),
    ("", "T800", "T-800"),
    ("", "T800", "Т 800"),
    ("", "18Ni1700", "18 Ni 1700"),
]


@pytest.mark.parametrize(("language", "name", "written"), FORMS)
def test_a_name_is_found_in_the_forms_that_texts_use(language: str, name: str, written: str) -> None:
    assert found(language, name, f"… {written} …")


@pytest.mark.parametrize(
    ("language", "name", "other"),
    [
        ("ru", "сталь", "он стал директором"),
        ("ru", "ракета", "ракетка"),
        ("en", "centrifuge", "centrifugal force"),
        ("en", "rotor tube", "rotor. Tube"),
        ("en", "gas mask", "gas, mask"),
        ("", "T800", "XT800"),
        ("", "T800", "T8000"),
        ("ar", "سم", "موسم"),
        ("es", "bomba", "bombero"),
    ],
)
def test_other_words_are_not_forms_of_a_name(language: str, name: str, other: str) -> None:
    assert not found(language, name, other)


def found(language: str, name: str, text: str) -> bool:
    book: PhraseBook[str] = PhraseBook()
    book.add(name, language, name)
    return any(book.find(Passage(text).words))
