"""One unit's explanation in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quota.core.explanations import Explanation
from quota.render.audit.plain import explanation_plain
from quota.render.kit.rendering import Rendering
from quota.render.views.audit.explanation import explanation_markdown, explanation_rows

if TYPE_CHECKING:
    from rich.console import RenderableType


def explanation_rendering(explanation: Explanation) -> Rendering:
    """How to write an explanation."""

    def terminal(_width: int) -> RenderableType:
        from quota.render.views.audit.explanation_terminal import explanation_terminal

        return explanation_terminal(explanation)

    return Rendering(
        json=lambda: explanation_plain(explanation),
        rows=lambda: explanation_rows(explanation),
        markdown=lambda: explanation_markdown(explanation),
        terminal=terminal,
    )
