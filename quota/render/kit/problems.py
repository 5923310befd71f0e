"""Problems in words: file, row, column, value, what is wrong, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quota.core.how_read import HOW_READ, UNDERSTOOD
from quota.core.problems import Problem, Severity
from quota.core.text import Text, count, say
from quota.render.kit.language import phrase, translate
from quota.render.kit.words import show, words

_MOST_SHOWN = 50
_MOST_OF_A_VALUE = 60
_MOST_IN_A_SENTENCE, _MOST_OF_A_LIST = 200, 2_000


def problem_words(problem: Problem, *, advice: bool = True) -> str:
    """`file, row 14, "Dân số", "1.132": what is wrong. The way out.`, which is left out without `advice`."""
    message = _sentence(problem.message)
    where = _place(problem)
    text = f"{where}: {message}" if where else message
    if problem.fix is None or not advice:
        return f"{text}."
    fix = _sentence(problem.fix)
    ending = "" if fix.endswith(("?", ".")) else "."
    return f"{text}; {fix}{ending}" if where else f"{text}. {fix[0].upper()}{fix[1:]}{ending}"


def problem_lines(problems: Iterable[Problem], *, verbose: bool = False) -> list[str]:
    """Errors first, then warnings, each in full up to fifty; what is left, and information, is counted.

    How a table was read is said in one line for the table. `verbose` leaves nothing out.
    """
    found = list(problems)
    if verbose:
        return [
            problem_words(problem)
            for severity in Severity
            for problem in found
            if problem.severity is severity
        ]
    shown = [
        problem
        for severity in (Severity.ERROR, Severity.WARNING)
        for problem in found
        if problem.severity is severity
    ]
    lines = [problem_words(problem) for problem in shown[:_MOST_SHOWN]]
    if len(shown) > _MOST_SHOWN:
        kinds = Counter(problem.code for problem in shown[_MOST_SHOWN:])
        listed = _kinds(kinds)
        lines.append(words(say("and {n} more ({kinds}).", n=len(shown) - _MOST_SHOWN, kinds=listed)))
    in_short = [problem for problem in found if problem.code == UNDERSTOOD]
    lines += [problem_words(problem) for problem in dict.fromkeys(in_short)]
    said = {problem.file for problem in in_short}
    kinds = Counter(
        problem.code
        for problem in found
        if problem.severity is Severity.INFORMATION
        and problem.code != UNDERSTOOD
        and not (problem.code in HOW_READ and (problem.file in said or None in said))
    )
    if kinds:
        listed = _kinds(kinds)
        lines.append(
            words(
                count(
                    "{n} remark on the input ({kinds}); --verbose or --format json lists it.",
                    "{n} remarks on the input ({kinds}); --verbose or --format json lists them.",
                    n=kinds.total(),
                    kinds=listed,
                )
            )
        )
    return lines


def _kinds(kinds: Counter[str]) -> str:
    return ", ".join(f"{phrase(code)}: {many}" for code, many in kinds.most_common())


def _place(problem: Problem) -> str:
    parts = [words(problem.file)] if problem.file else []
    if problem.sheet:
        parts.append(words(say('sheet "{sheet}"', sheet=problem.sheet)))
    if problem.row is not None:
        in_rules = (problem.file or "").endswith((".yaml", ".yml"))
        row = say("line {row}" if in_rules else "row {row}", row=str(problem.row))
        parts.append(words(row))
    if problem.column:
        parts.append(_cut(words(phrase(problem.column[:_MOST_OF_A_LIST])), _MOST_OF_A_VALUE))
    if problem.value and problem.file:
        parts.append(f'"{_cut(words(problem.value[:_MOST_OF_A_LIST]), _MOST_OF_A_VALUE)}"')
    return ", ".join(parts)


def _sentence(text: Text) -> str:
    """The words of a problem; what it quotes of a file is cut where it is longer than a line or two."""
    return text.render(translate, _quoted)


def _quoted(value: object) -> str:
    if isinstance(value, Text):
        return _sentence(value)
    if not isinstance(value, str):
        return show(value)
    most = _MOST_OF_A_LIST if ", " in value or "; " in value else _MOST_IN_A_SENTENCE
    return _cut(show(value[:_MOST_OF_A_LIST]), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
