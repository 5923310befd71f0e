"""`quota help`."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from quota.cli.completing import topics
from quota.cli.grouping import single
from quota.core.problems import InputError, refusal
from quota.core.text import say
from quota.render.kit.output import show, show_markdown
from quota.render.kit.words import words
from quota.run.documentation import Topic, all_topics, topic_called

_PARTS = {
    "tutorial": say("Tutorial"),
    "how-to": say("How to"),
    "explanation": say("Explanation"),
    "reference": say("Reference"),
    "performance": say("Performance"),
}
"""What the folders of the documentation are for, in the order in which they are listed."""

_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n\n", re.MULTILINE)


def help_(
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            autocompletion=topics,
            show_default=False,
            help="A page: limits, rule, exit-codes, ... Without one: the list of all.",
        ),
    ] = None,
) -> None:
    """The documentation, page by page, without a network: rules, reading, limits, keys."""
    from quota.render.kit.language import language

    listed = all_topics(language().value)
    if not topic:
        show(_list(listed))
        return
    found = topic_called(" ".join(topic), listed)
    if found is None:
        raise _unknown(" ".join(topic), listed)
    show_markdown(_PICTURE.sub("", found.text()))  # a terminal shows none


def _list(listed: tuple[Topic, ...]) -> str:
    widest = max(len(topic.name) for topic in listed)
    lines: list[str] = []
    for folder, heading in _PARTS.items():
        own = [f"  {topic.name:<{widest}}  {topic.title()}" for topic in listed if topic.part == folder]
        lines += [f"{words(heading)}:", *own, ""] if own else []
    lines.append(words(say("A page: quota help TOPIC. A command's options: quota COMMAND --help.")))
    return "".join(f"{line}\n" for line in lines)


def _unknown(wanted: str, listed: tuple[Topic, ...]) -> InputError:
    from difflib import get_close_matches

    names = [topic.name for topic in listed]
    near = get_close_matches(wanted.replace(" ", "-"), names, n=3, cutoff=0.5)
    fix = (
        say("is {near} meant?", near=", ".join(near)) if near else say("all topics are listed by: quota help")
    )
    return refusal("unknown-topic", say('no topic "{wanted}"', wanted=wanted), fix, value=wanted)


app = single(help_)
