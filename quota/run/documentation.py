"""The pages of the documentation that come with the program, by topic."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from quota.run.locations import docs_folder

_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)\s#]*)[^)\s]*\)")
_WRITTEN_IN = "en"
"""The language that has every page."""


class Topic(Struct, frozen=True):
    """A page: `part` is its folder (tutorial, how-to, explanation, reference, performance)."""

    name: str
    part: str
    path: Path

    def title(self) -> str:
        """The page's first line, its heading."""
        with self.path.open(encoding="utf-8") as lines:
            return lines.readline().lstrip("# ").replace("`", "").strip()

    def text(self) -> str:
        """The page as Markdown; links to topics say how to open them, of all others their words stay."""
        return _LINK.sub(self._spelled, self.path.read_text(encoding="utf-8"))

    def _spelled(self, link: re.Match[str]) -> str:
        words, place = link.groups()
        page = (self.path.parent / place).resolve()
        among_topics = page.parent.parent == self.path.resolve().parent.parent and page.suffix == ".md"
        return f"{words} (`quota help {page.stem}`)" if place and among_topics and page.exists() else words


def all_topics(language: str) -> tuple[Topic, ...]:
    """Every topic by name, in a language; in English where it has not been written in that language."""
    found = {}
    for wanted in (_WRITTEN_IN, language):
        folder = docs_folder() / wanted
        for path in sorted(folder.glob("*/*.md")):
            found[path.stem] = Topic(path.stem, path.parent.name, path)
    return tuple(found[name] for name in sorted(found))


def topic_called(wanted: str, topics: tuple[Topic, ...]) -> Topic | None:
    """The topic of this name, in whatever capitals and with spaces or underscores for hyphens."""
    name = re.sub(r"[\s_]+", "-", wanted.strip().casefold())
    return next((topic for topic in topics if topic.name == name), None)
