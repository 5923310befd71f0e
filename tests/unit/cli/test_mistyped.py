"""What is typed nearly right is answered with the one word that may be meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Quota = Callable[..., Any]


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("audit --staf x", "en", "No such option: --staf (Possible options: --staff)"),
        ("audit --staf x", "vi", "không có tùy chọn --staf; có phải là --staff?"),
        ("audit --lag", "en", "(Possible options: --lang)"),
        ("audit --only shrt", "en", "is short meant?"),
        ("audit --only shrt", "vi", "có phải là short?"),
        ("audti", "en", "Did you mean 'audit'?"),
        ("audti", "vi", "có phải là 'audit'?"),
    ],
)
def test_what_may_be_meant_is_asked(quota: Quota, typed: str, language: str, said: str) -> None:
    run = quota(*typed.split(), "--lang", language)
    assert run.code == 2
    assert said in " ".join(run.err.split())


def test_what_is_like_nothing_is_answered_without_a_guess(quota: Quota) -> None:
    run = quota("audit", "--format", "7")
    assert run.code == 2
    assert run.err.rstrip().endswith("\"7\" is none of 'table', 'csv', 'json', 'markdown', 'xlsx'")
