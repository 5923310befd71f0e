"""Each key of a rule file has a sentence in both languages and a Vietnamese name, and nothing else has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quota.core.text import LocalText
from quota.norms.files.keys import heading, meaning, meanings, values, worded
from quota.norms.kinds import KINDS
from quota.norms.publishing import json_schema


def keys() -> Iterator[tuple[str, str]]:
    """Every model of every kind of file, with each of its keys."""
    for kind in KINDS:
        schema = json_schema(kind)
        for part in (schema, *schema.get("$defs", {}).values()):
            yield from ((part["title"], key) for key in part.get("properties", {}))


def words_of(schema: Any) -> Iterator[str]:
    """Every word that a value may be one of."""
    if isinstance(schema, dict):
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        yield from [schema["const"]] if isinstance(schema.get("const"), str) else []
        for inner in schema.values():
            yield from words_of(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from words_of(inner)


def test_each_key_has_its_sentence_and_no_sentence_is_left_over() -> None:
    said = meanings()
    used = {f"{model}.{key}" if f"{model}.{key}" in said else key for model, key in keys()}
    assert used == said.keys()
    for model, key in keys():
        text = meaning(model, key)
        assert all(sentence.endswith(".") for sentence in (text.en, text.vi)), (model, key)
        assert text.en != text.vi


def test_each_word_of_a_list_has_its_vietnamese() -> None:
    words = {word for kind in KINDS for word in words_of(json_schema(kind))}
    assert values().keys() == words - {"I", "II", "III"}


def test_the_schema_says_what_each_key_means() -> None:
    schema = json_schema("frame", amendment=True)
    assert schema["properties"]["reading"]["description"] == (
        "In one sentence, how this frame understands the rule."
    )
    said = schema["$defs"]["Phase"]["properties"]["reading"]["description"]
    assert said == "In one sentence, what holds from this day on."


@pytest.mark.parametrize(
    ("path", "vietnamese"),
    [
        ("blocs.government.base", "khối › Chính quyền › mức cơ sở"),
        ("blocs.military.when.not.type[1]", "khối › military › điều kiện › không thuộc › loại đơn vị 2"),
        ("increment.0.per_residents", "bước tăng 1 › số dân mỗi bước"),
        ("effective.from", "hiệu lực › từ"),
        ("party.range.low", "Đảng › khoảng › đầu thấp"),
        ("party.range.high", "Đảng › khoảng › đầu cao"),
        ("sources.hai-phong-2025-09", "nguồn › hai-phong-2025-09"),
        ("file", "tệp"),
        ("0.base", "0 › mức cơ sở"),
    ],
)
def test_a_path_is_read_in_vietnamese(path: str, vietnamese: str) -> None:
    assert heading(path) == LocalText(vietnamese, path)


def test_a_word_of_a_list_is_read_in_vietnamese_under_its_key_alone() -> None:
    assert worded("blocs.party.increment.rounding", "down") == LocalText("làm tròn xuống", "down")
    assert worded("stages[0]", "transfer") == LocalText("điều động", "transfer")
    both = LocalText("xã, phường", "commune, ward")
    assert worded("blocs.government.increment.0.when.type", "commune, ward") == both
    assert worded("blocs.government.increment.0.when.type", "commune, hamlet") == "commune, hamlet"
    assert worded("sources.down", "down") == "down"
    assert worded("status", "of my own") == "of my own"
    assert worded("", "down") == "down"
