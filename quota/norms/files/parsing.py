"""A rule file's YAML as plain values that remember their lines; YAML's own traps are problems, not values.

YAML 1.1 reads `00010` as 8, `16.000` as 16.0 and `no` as false, keeps the last of two equal keys without a
word, and lets a few bytes of aliases stand for millions of values. A rule file may use none of that.
"""

from __future__ import annotations

import re
from datetime import date

import yaml

from quota.core.citations import RuleSource
from quota.core.problems import Problem, Severity
from quota.core.text import Text, say
from quota.norms.files.documents import Document, FileLine, KeyPath, dotted, whole_number_meant
from quota.run.limits import RULE_DEPTH, RULE_VALUES, Limit

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


_PREFIX = "tag:yaml.org,2002:"


def parse(text: str, file: str, sha256: str = "") -> Document:
    """Read a rule file's text (`sha256` is that of its bytes). Never raises: see `problems`."""
    try:
        refused = _screen(text, file)
        if refused is not None:
            return refused
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        refused = _beyond_our_bounds(text[: mark.index], file) if mark else None
        if refused is not None:
            return refused
        if error.context_mark and "quoted scalar" in (error.context or ""):
            mark = error.context_mark  # where the quote is opened, not the end of the file
        line = mark.line + 1 if mark else 1
        message = say("not YAML: {why}", why=error.problem or error.context)
        written = [*text.splitlines(), ""][line - 1]
        return _refused(file, line, "not-yaml", message, _mend(error.problem or "", written))
    except (yaml.YAMLError, ValueError) as error:
        why = str(error).splitlines()[0]
        return _refused(file, 1, "not-yaml", say("not YAML: {why}", why=why), say("save the file as UTF-8"))
    if not isinstance(node, yaml.MappingNode):
        fix = say("a rule file is a list of keys and values, starting with id:")
        message = say("the file is empty") if node is None else say("no keys and values")
        return _refused(file, 1, "not-a-rule-file", message, fix)
    reader = _Reader(file)
    value = reader.mapping(node, ())
    return Document(
        file,
        value,
        reader.places,
        reader.written,
        tuple(reader.problems),
        frozenset(reader.trapped),
        (RuleSource(file, sha256),),
    )


def _mend(problem: str, line: str) -> Text:
    """What to do about a line that is no YAML: mostly one of four slips."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return say("indent with spaces, not with tabs")
    if "escape" in problem:
        return say("in double quotes write a backslash twice, or use single quotes")
    if "end of stream" in problem:
        return say("close every quote and every bracket")
    if any(sign in problem for sign in ("':'", "mapping values", "',' or")):
        return say("put a text with a colon, a comma or a bracket in quotes")
    return say("look at indents, quotes and brackets on this line and the one above")


def _refused(file: str, line: int, code: str, message: Text, fix: Text | None = None) -> Document:
    problem = Problem(code, Severity.ERROR, message, fix, file=file, row=line)
    return Document(file, {}, {}, {}, (problem,))


def _beyond(file: str, line: int, limit: Limit, message: Text) -> Document:
    return _refused(file, line, "too-large", message, limit.raised())


def _screen(text: str, file: str) -> Document | None:
    """Look at the events before building anything: depth, aliases, tags and a second document."""
    depth = values = documents = 0
    deepest, most = RULE_DEPTH.value(), RULE_VALUES.value()
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        values += isinstance(event, yaml.NodeEvent)
        if documents > 1:
            fix = say("keep one of them, or take out the line of hyphens")
            return _refused(file, line, "second-document", say("a second document starts here (---)"), fix)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            fix = say("write the value out; a text that starts with & or * goes in quotes")
            return _refused(file, line, "alias", say("an alias or anchor (& or *)"), fix)
        tag = getattr(event, "tag", None)
        if tag:
            fix = say("remove it; a text that starts with ! goes in quotes")
            return _refused(file, line, "tag", say("a tag ({tag})", tag=tag), fix)
        if depth > deepest:
            return _beyond(file, line, RULE_DEPTH, say("nested deeper than {n} levels", n=deepest))
        if values > most:
            return _beyond(file, line, RULE_VALUES, say("more than {n} values", n=most))
    return None


def _beyond_our_bounds(read: str, file: str) -> Document | None:
    """Judge what the parser read before it stopped by our own bounds, which come before its own.

    A parser reads ahead of the events it hands over: on one line, a thousand brackets. From PyYAML 6.0.4
    on, libyaml stops there, at a bound of its own, before `_screen` has seen a bracket. Without what it
    stopped at, it hands over all it read.
    """
    try:
        refused = _screen(read, file)
    except yaml.YAMLError:
        return None
    return refused if refused and refused.problems[0].code == "too-large" else None


class _Reader:
    """Turns nodes into values, noting where each is and which are traps."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[KeyPath, FileLine] = {}
        self.written: dict[KeyPath, str] = {}
        self.problems: list[Problem] = []
        self.trapped: set[KeyPath] = set()

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, object]:
        values: dict[str, object] = {}
        self.places.setdefault(path, self._place(node))
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                fix = say("write a word, a colon and the value")
                self._report(path, self._place(key_node), "bad-key", say("a key must be a word"), fix)
                continue
            key = key_node.value
            inner = (*path, key)
            if key in values:
                line = self.places[inner].line
                message = say("the key is already on line {line}; YAML would keep only one", line=line)
                fix = say("keep one of the two")
                self._report(inner, self._place(key_node), "duplicate-key", message, fix)
                continue
            self.places[inner] = self._place(key_node)
            values[key] = self._value(value_node, inner)
        return values

    def _value(self, node: yaml.Node, path: KeyPath) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, item in enumerate(node.value):
                self.places[(*path, index)] = self._place(item)
                items.append(self._value(item, (*path, index)))
            return items
        self.written[path] = node.value
        return self._scalar(node, path)

    def _scalar(self, node: yaml.Node, path: KeyPath) -> object:
        text: str = node.value
        kind = "str" if getattr(node, "style", None) else node.tag.removeprefix(_PREFIX)
        if kind in ("str", "null"):
            return text if kind == "str" else None
        if kind == "int" and _WHOLE.fullmatch(text) and len(text) <= 18:
            return int(text)
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind == "timestamp" and _ISO_DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                fix = say("write year-month-day: 2025-07-01")
                self._report(path, self._place(node), "bad-date", say("no such day"), fix)
                return text
        self._report(path, self._place(node), *_trap_words(kind, text))
        return text

    def _report(self, path: KeyPath, place: FileLine, code: str, message: Text, fix: Text) -> None:
        self.trapped.add(path)
        column, value = dotted(path) or None, self.written.get(path)
        problem = Problem(code, Severity.ERROR, message, fix, place.file, place.line, column, value)
        self.problems.append(problem)

    def _place(self, node: yaml.Node) -> FileLine:
        return FileLine(self.file, node.start_mark.line + 1)


def _trap_words(kind: str, text: str) -> tuple[str, Text, Text]:
    """Code, message and fix for a plain scalar that YAML reads as something its writer did not mean."""
    meant = whole_number_meant(text)
    in_quotes = say('write "{text}" in quotes if it is text', text=text)
    number = in_quotes if meant is None else say("write {meant}", meant=str(meant))
    if meant is not None and re.fullmatch(r"0[0-9]+", text):
        number = say('write {meant}, or "{text}" in quotes if it is a code', meant=str(meant), text=text)
    if kind in ("int", "float"):
        return "yaml-number", say("YAML reads it as {read}", read=_as_yaml(text)), number
    if kind == "bool":
        return "yaml-bool", say("YAML reads it as true or false"), in_quotes
    if kind == "timestamp":
        return "bad-date", say("not a plain date"), say("write year-month-day: 2025-07-01")
    return "yaml-value", say("YAML reads it as a {kind}", kind=kind), in_quotes


def _as_yaml(text: str) -> str:
    """What YAML makes of a plain scalar, as far as it can."""
    try:
        return str(yaml.safe_load(text)) if len(text) <= 40 else text
    except (ValueError, yaml.YAMLError):
        return text
