"""Plain values for JSON that all results share: whole numbers, stable keys, the same in every language."""

from __future__ import annotations

from collections.abc import Iterable

from quota._version import __version__
from quota.core.blocs import ByBloc, Staff, total
from quota.core.citations import Citation, RuleSource
from quota.core.posts import Gap, Posts
from quota.core.problems import Problem
from quota.core.results import FrameSummary, Quota
from quota.core.text import LocalText, Text
from quota.core.units import InputFile

Plain = dict[str, object]


def heading_plain(frame: FrameSummary, as_of: str, inputs: Iterable[InputFile]) -> Plain:
    """The head of every JSON output: program, frame, day, inputs."""
    return {
        "quota_version": __version__,
        "frame": frame_plain(frame),
        "as_of": as_of,
        "inputs": inputs_plain(inputs),
    }


def frame_plain(frame: FrameSummary) -> Plain:
    """A frame's summary."""
    return {
        "id": frame.id,
        "title": local_plain(frame.title),
        "status": frame.status,
        "effective": {
            "from": frame.effective_from.isoformat(),
            "to": frame.effective_to.isoformat() if frame.effective_to else None,
        },
        "reading": local_plain(frame.reading),
        "sources": sources_plain(frame.sources),
        "files": files_plain(frame.files),
    }


def sources_plain(sources: Iterable[Citation]) -> list[Plain]:
    """Citations."""
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date.isoformat() if source.date else None,
            "verified_on": source.verified_on.isoformat() if source.verified_on else None,
            "url": source.url,
        }
        for source in sources
    ]


def files_plain(files: Iterable[RuleSource]) -> list[Plain]:
    """The rule files behind a result."""
    return [{"path": source.path, "sha256": source.sha256} for source in files]


def inputs_plain(inputs: Iterable[InputFile]) -> list[Plain]:
    """The files a result was made from."""
    return [{"path": file.path, "sha256": file.sha256, "rows": file.rows} for file in inputs]


def problem_plain(problem: Problem) -> Plain:
    """A problem, in English: programs read its code."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": str(problem.message),
        "fix": str(problem.fix) if problem.fix else None,
    }


def posts_plain(posts: Posts) -> list[int]:
    """[low, high]."""
    return [posts.low, posts.high]


def quota_plain(quota: Quota | None) -> Plain | None:
    """Posts by bloc and in all."""
    if quota is None:
        return None
    plain: Plain = {bloc: posts_plain(posts) for bloc, posts in quota.blocs.items()}
    return plain | {"total": posts_plain(quota.total)}


def staff_plain(staff: Staff) -> Plain:
    """People by bloc and in all."""
    return {**dict(staff.items()), "total": total(staff)}


def gap_plain(gap: Gap | None) -> Plain | None:
    """Shortfall and surplus, side by side."""
    return None if gap is None else {"shortfall": gap.shortfall, "surplus": gap.surplus}


def gaps_plain(gaps: ByBloc[Gap | None]) -> Plain:
    """Gaps by bloc."""
    return {bloc: gap_plain(gap) for bloc, gap in gaps.items()}


def local_plain(text: LocalText) -> Plain:
    """Both languages."""
    return {"vi": text.vi, "en": text.en}


def ungrouped(text: Text) -> str:
    """Arithmetic with numbers as programs write them."""
    return text.render(Text.chosen, str)
