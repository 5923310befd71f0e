"""Keys inside sentences: as they are in English, in words in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quota.core.text import key, say
from quota.render.kit.language import Language, choose
from quota.render.kit.words import words

SAID = say("unknown: {columns}", columns=key("island", "mountain", "own_column"))


@pytest.fixture
def vietnamese() -> Iterator[None]:
    choose(Language.VI)
    yield
    choose(Language.EN)


def test_keys_stand_as_they_are_in_english() -> None:
    assert str(SAID) == words(SAID) == "unknown: island, mountain, own_column"


def test_keys_that_have_words_stand_in_them_in_vietnamese(vietnamese: None) -> None:
    assert words(SAID).endswith("hải đảo, miền núi, own_column")
