"""Help in the reader's language, and the options that every command has: `--lang` and `--manifest`.

Commands are written with English help, which are message ids; they are put into words when a command is
built, which is after the language is known and before anything is shown.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from quota.cli.outputs import refusing_one_file_twice
from quota.core.characters import pattern
from quota.render.kit.language import DOMAIN, LOCALES, OPTION, Language, language, phrase
from quota.render.kit.words import words
from quota.run.ledger import MANIFEST_OPTION, NEVER_RECORDED

LanguageOption = Annotated[
    Language | None,
    typer.Option(
        OPTION,
        show_default="QUOTA_LANG, else the locale, else en",
        help="The language of everything that people read; csv and json stay the same.",
    ),
]


def _record(context: typer.Context, manifest: Path | None) -> None:
    if manifest is not None and not context.resilient_parsing:
        from quota.cli.record.recording import begin  # a run that is not recorded pays nothing for it

        begin(context, manifest)


ManifestOption = Annotated[
    Path | None,
    typer.Option(
        MANIFEST_OPTION,
        metavar="FILE.json",
        callback=_record,
        help="Record the run (program, rules, inputs, options, outputs) for `quota verify` to repeat.",
    ),
]


def speak_in_help() -> None:
    """Headings and messages of the command-line library, which looks for them as gettext does."""
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language().value  # the only way gettext offers to say which


def in_language(command: Any) -> Any:
    """`command` (a group, or one command) with all its help in the reader's language."""
    command.help = phrase(command.help) if command.help else command.help
    for parameter in command.params:
        _translate(parameter)
    own_help_option = command.get_help_option

    def help_option(ctx: Any) -> Any:
        option = own_help_option(ctx)
        if option is not None:
            option.help = phrase("Show this message and exit.")
        return option

    def usage(ctx: Any, formatter: Any) -> None:
        pieces = _metavars(" ".join(command.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{phrase('Usage:')} ")

    def examples(ctx: Any, formatter: Any) -> None:
        from quota.cli.examples import EXAMPLES  # only where help is shown

        told = EXAMPLES.get(_path(ctx), ())
        if told:
            with formatter.section(phrase("Examples")):
                for what, typed in told:
                    formatter.write_text(words(what))
                    formatter.write(
                        f"{' ' * formatter.current_indent}  {f'quota {_path(ctx)} {typed}'.strip()}\n"
                    )

    command.get_help_option, command.format_usage, command.format_epilog = help_option, usage, examples
    for inner in getattr(command, "commands", {}).values():
        in_language(inner)
    return command


_METAVAR = pattern(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
"""What is to be typed; `tests/i18n/extracting.py` lists what of it has words of its own."""
_TYPE = pattern(r" <(?:list\[)?(?:str|Path|path)\]?>")


def _metavars(text: str) -> str:
    """What is to be typed, in the reader's language, without the names of Python's types."""
    plain = _TYPE.sub("", text).replace("<int range>", "N").replace("<list[", "<").replace("]>", ">")
    return _METAVAR.sub(lambda found: phrase(found[0]), plain)


def _path(ctx: Any) -> str:
    """The words of the command, without the program's name."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name)
        ctx = ctx.parent
    return " ".join(names)


def with_common_options(command: Any) -> Any:
    """`command` and every command in it, taking `--lang`, and `--manifest` where something is done.

    `--lang` is read before parsing, so here it is only checked.
    """
    if not any(OPTION in parameter.opts for parameter in command.params):
        language_option, manifest_option = _common_options()
        command.params.append(language_option)
        if not hasattr(command, "commands") and command.name != NEVER_RECORDED:
            command.params.append(manifest_option)
        refusing_one_file_twice(command)
    for inner in getattr(command, "commands", {}).values():
        with_common_options(inner)
    return command


def _common_options() -> list[Any]:
    def only(lang: LanguageOption = None, manifest: ManifestOption = None) -> None:
        """A command to take the options from."""

    app = typer.Typer(add_completion=False)
    app.command()(only)
    options = list(typer.main.get_command(app).params)
    for option in options:
        option.expose_value = False
    return options


def _translate(parameter: Any) -> None:
    for name in ("help", "show_default"):
        words = getattr(parameter, name, None)
        if isinstance(words, str):
            setattr(parameter, name, phrase(words))
    own_record = parameter.get_help_record

    def record(ctx: Any) -> tuple[str, str] | None:
        told = own_record(ctx)
        return told and (_metavars(told[0]), told[1])

    parameter.get_help_record = record
