"""`quota rules published`."""

from __future__ import annotations

from quota.cli.options import FormatOption, OutputFile
from quota.render.kit.output import Output


def published(form: FormatOption = None, output: OutputFile = None) -> None:
    """Figures of posts that were published, and what each shipped frame gives on the embedded residents."""
    from quota.analysis.standing.published import beside_published
    from quota.norms.applying import compiled_frames, load_norms
    from quota.render.views.rules.published import published_rendering
    from quota.tables.shipped.country import country
    from quota.tables.shipped.embedded import data_day
    from quota.tables.shipped.published import published_figures

    frames = [load_norms(name) for name in compiled_frames()]
    found = beside_published(published_figures(), country().values(), frames)
    Output(form, output).write(published_rendering(found, data_day()))
