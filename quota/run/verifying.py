"""Compare a recorded run with the same run made again: what is the same, and where they first differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from quota.run.manifest import InputRecord, Manifest, ProgramRecord, RulesRecord, Stream
from quota.run.verification import Checked, FirstDifference, State, Subject

SHOWN = 60
"""Characters of a line that are shown: tables may be about people."""
_LEAD = 20
_MOST_LINES = 5_000
_OF_A_HASH = 12


def compare_runs(then: Manifest, now: Manifest) -> list[Checked]:
    """Inputs, rules, options, surroundings, streams and exit code; outputs are compared as files."""
    code_then, code_now = str(then.exit_code), str(now.exit_code)
    return [
        *compare_read(then, now.inputs, now.rules),
        *_compare_words(Subject.OPTION, _shown(then.options), _shown(now.options)),
        *compare_programs(then.program, now.program),
        _stream(Subject.STDOUT, then.stdout, now.stdout),
        _stream(Subject.STDERR, then.stderr, now.stderr),
        _words(Subject.EXIT_CODE, "", code_then, code_now),
    ]


def compare_read(
    then: Manifest, inputs: Sequence[InputRecord], rules: Sequence[RulesRecord]
) -> list[Checked]:
    """Compare what was read then and now. A changed rule file is one finding a line that differs."""
    found = list(_compare_files(Subject.INPUT, then.inputs, inputs))
    for checked in _compare_files(Subject.RULES, then.rules, rules):
        was = next((rule.text for rule in then.rules if rule.file == checked.name), None)
        has = next((rule.text for rule in rules if rule.file == checked.name), None)
        both = checked.state is State.CHANGED and was is not None and has is not None
        found += (list(changed_lines(checked.name, was or "", has or "")) if both else []) or [checked]
    return found


def compare_programs(then: ProgramRecord, now: ProgramRecord) -> list[Checked]:
    """Compare the program and libraries of the recorded run with those here."""
    versions = then.version, now.version
    if then.version == now.version and then.sha256 != now.sha256:  # a checkout between two versions
        versions = f"{then.version} ({_short(then)})", f"{now.version} ({_short(now)})"
    return [
        _words(Subject.PROGRAM, "quota", *versions),
        _words(Subject.PYTHON, "", then.python, now.python),
        _words(Subject.SYSTEM, "", then.system, now.system),
        *_compare_words(Subject.LIBRARY, then.libraries, now.libraries),
    ]


def changed_lines(file: str, then: str, now: str) -> Iterator[Checked]:
    """The lines of a rule file that are not what they were, in order; none where only line ends differ."""
    old, new = then.splitlines(), now.splitlines()
    if max(len(old), len(new)) > _MOST_LINES:
        return
    for tag, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(a_end - a, b_end - b)):
            was = old[a + step] if a + step < a_end else None
            has = new[b + step] if b + step < b_end else None
            state = State.ADDED if was is None else State.GONE if has is None else State.CHANGED
            place = FirstDifference(line=(a if has is None else b) + step + 1)
            yield Checked(Subject.RULES, file, state, *parting(was, has), place)


def parting(then: str | None, now: str | None) -> tuple[str | None, str | None]:
    """Two lines cut down to the part around their first difference."""
    if then is None or now is None:
        return _cut(then, 0), _cut(now, 0)
    first = next(
        (place for place, pair in enumerate(zip(then, now, strict=False)) if pair[0] != pair[1]),
        min(len(then), len(now)),
    )
    start = max(first - _LEAD, 0) if max(len(then), len(now)) > SHOWN else 0
    return _cut(then, start), _cut(now, start)


def _cut(line: str | None, start: int) -> str | None:
    if line is None:
        return None
    shown = line[start : start + SHOWN]
    return f"{'…' if start else ''}{shown}{'…' if start + SHOWN < len(line) else ''}"


def _compare_files(
    subject: Subject, then: Sequence[InputRecord], now: Sequence[InputRecord]
) -> Iterator[Checked]:
    was, has = {record.file: record for record in then}, {record.file: record for record in now}
    for file in sorted(was.keys() | has.keys()):
        yield _content(subject, file, was.get(file), has.get(file))


def _stream(subject: Subject, then: Stream, now: Stream) -> Checked:
    return _content(subject, "", then, now)


def _content(subject: Subject, name: str, then: Stream | None, now: Stream | None) -> Checked:
    if then is None or now is None:
        return Checked(subject, name, State.ADDED if then is None else State.GONE)
    if (then.bytes, then.sha256) == (now.bytes, now.sha256):
        return Checked(subject, name, State.SAME)
    return Checked(subject, name, State.CHANGED, _short(then), _short(now))


def _short(record: Stream | ProgramRecord) -> str:
    return record.sha256[:_OF_A_HASH]


def _compare_words(subject: Subject, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Checked]:
    for name in sorted(then.keys() | now.keys()):
        yield _words(subject, name, then.get(name), now.get(name))


def _words(subject: Subject, name: str, then: str | None, now: str | None) -> Checked:
    state = State.SAME if then == now else State.ADDED if then is None else State.GONE
    if then is not None and now is not None and then != now:
        state = State.CHANGED
    return Checked(subject, name, state, then, now)


def _shown(options: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in options.items()}
