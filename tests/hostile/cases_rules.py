"""Rule files that nobody should be able to hurt with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.hostile.case import Case, refused, survived

GOOD = (Path(__file__).parents[2] / "rules" / "central-2025.yaml").read_text(encoding="utf-8")


def rules(text: str | bytes, name: str = "ours.yaml") -> Callable[[Path], Sequence[str]]:
    """`quota audit` under these rules."""

    def make(folder: Path) -> Sequence[str]:
        path = folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return ["audit", "--rules", str(path)]

    return make


def ours(old: str, new: str) -> str:
    """The shipped frame under an id of one's own, with a change."""
    assert old in GOOD
    return GOOD.replace("id: central-2025", "id: ours", 1).replace(old, new, 1)


def sparse_rules(size: int) -> Callable[[Path], Sequence[str]]:
    """A rule file of so many bytes, most of them zero."""

    def make(folder: Path) -> Sequence[str]:
        path = folder / "ours.yaml"
        path.write_text("id: ours\n")
        with path.open("rb+") as opened:
            opened.truncate(size)
        return ["audit", "--rules", str(path)]

    return make


def full_rules(folder: Path) -> Sequence[str]:
    """A hundred megabytes of comments and keys."""
    path = folder / "ours.yaml"
    with path.open("wb") as opened:
        for _ in range(100):
            opened.write(b"# the quick brown fox jumps over the lazy dog\n" * 21_740)
    return ["audit", "--rules", str(path)]


def extending(name: str) -> str:
    return f"id: ours\nextends: {name}\ntitle: {{vi: A, en: A}}\n"


def out_of_the_folder(folder: Path) -> Sequence[str]:
    """A parent beside the file that is a link to a file elsewhere."""
    inside = folder / "inside"
    inside.mkdir()
    (folder / "secret.yaml").write_text("password: hunter2\n")
    (inside / "parent.yaml").symlink_to(folder / "secret.yaml")
    (inside / "ours.yaml").write_text(extending("parent"))
    return ["audit", "--rules", str(inside / "ours.yaml")]


_BILLION = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
_NOT_OUT = "no such frame to extend"

CASES: tuple[Case, ...] = (
    refused("YAML alias bomb", rules(_BILLION), "line 1: an alias or anchor (& or *)"),
    refused("YAML merge key", rules("id: ours\n<<: {a: 1}\nb: *x\n"), "an alias or anchor"),
    refused("YAML 100 deep", rules("a: " + "[" * 100 + "]" * 100), "nested deeper than 24 levels"),
    refused("YAML 300,000 deep", rules("a: " + "[" * 300_000), "nested deeper than 24 levels"),
    refused(
        "YAML 100 deep, in lines",
        rules("".join(f"{' ' * depth}k:\n" for depth in range(100))),
        "nested deeper than 24 levels",
    ),
    refused(
        "YAML tag", rules("id: !!python/object/apply:os.system [ls]\n"), "a tag (tag:yaml.org,2002:python"
    ),
    refused("YAML own tag", rules("id: !rich {a: 1}\n"), "line 1: a tag (!rich)"),
    refused("YAML second document", rules(GOOD + "\n---\nid: other\n"), "a second document starts here"),
    refused("YAML of a hundred megabytes", sparse_rules(100_000_000), "more than 1,000,000 bytes"),
    refused("YAML of a hundred megabytes, written out", full_rules, "more than 1,000,000 bytes", full=True),
    refused("YAML of 100,000 values", rules("a: [" + "1," * 100_000 + "1]"), "more than 50,000 values"),
    refused("YAML with NUL", rules("id: a\0b\n"), "not YAML"),
    refused("YAML in UTF-16", rules("id: ours\n".encode("utf-16")), "not UTF-8 text (byte 1)"),
    refused(
        "YAML number of a million digits",
        rules("id: ours\nkind: " + "9" * 900_000),
        '…": YAML reads it as 999',
    ),
    refused("YAML text of 900,000 characters", rules(ours("  en: ", "  en: " + "x" * 900_000)), "…"),
    refused("YAML keys of one name", rules(GOOD + "\nid: again\n"), "the key is already on line"),
    refused("extends: ../../etc/passwd", rules(extending("../../etc/passwd")), _NOT_OUT),
    refused("extends: /etc/passwd", rules(extending("/etc/passwd")), _NOT_OUT),
    refused("extends: .", rules(extending(".")), _NOT_OUT),
    refused("extends: a name with NUL", rules(extending('"a\\0b"')), _NOT_OUT),
    refused("extends: a list", rules(extending("[a, b]")), _NOT_OUT),
    refused("extends: 100,000 characters", rules(extending("a" * 100_000)), _NOT_OUT),
    refused("extends a link out of its folder", out_of_the_folder, _NOT_OUT),
    survived(
        "YAML with markup, colours and HTML in its title",
        rules(ours("  en: ", '  en: "[red]\\e[31m<script>" # ')),
        "[red]\\u001b[31m<script>",
    ),
)
