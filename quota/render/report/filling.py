"""The report's templates filled in: pages of HTML that fetch nothing."""

from __future__ import annotations

from pathlib import Path

from quota._version import __version__
from quota.render.kit.language import language

TEMPLATES = Path(__file__).resolve().parent / "templates"


def filled(template: str, **about: object) -> str:
    """A template with what it says, in the reader's language, with its style; text in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))  # noqa: S704  (a file of this package)
    return environment.get_template(template).render(
        lang=language().value, version=__version__, css=css, **about
    )
