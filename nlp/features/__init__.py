"""What a token looks like to the pipelines trained here, as features by language.

A finder of `BY_LANGUAGE` returns, for each token of a sequence, the features that hold of it: what it and its
neighbours are, and what word lists know of them. A feature is a string; how much it says for or against a label is
learned from the corpora.
"""

from collections.abc import Callable, Mapping, Sequence

from nlp.features.chinese import chinese_features
from nlp.features.english import english_features
from nlp.features.russian import russian_features

Features = list[list[str]]

BY_LANGUAGE: Mapping[str, Callable[[Sequence[Sequence[str]]], list[Features]]] = {
    "en": english_features,
    "ru": russian_features,
    "zh": chinese_features,
}
