"""Which commands there are. A command's module is imported when the command is run, not before."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from quota._version import __version__
from quota.cli.converting import convert_plainly
from quota.cli.helping import LanguageOption, in_language, with_common_options
from quota.cli.refusing import USAGE_ERROR, in_words
from quota.core.text import say
from quota.render.kit.language import phrase
from quota.render.kit.words import words
from quota.run.interrupting import stop_if_interrupted

_COMMANDS: dict[str, tuple[str, str]] = {
    "audit": ("audit", "Each unit's quota, staff, shortfall and surplus."),
    "read": ("audit", "What is understood of a table: sheets, columns, rows left out; the clean table."),
    "explain": ("audit", "One unit's figures, step by step, with rule, source and arithmetic."),
    "fields": ("people", "Who covers which field of work, what nobody covers, who is short."),
    "secondments": ("people", "Who is on loan where, who goes home soon, what returns with them."),
    "merge": ("units", "Several units as one: posts before and after, saved, people to place, step by step."),
    "simulate": (
        "units",
        "Mergers and other changes of units: posts, staff and thresholds before and after.",
    ),
    "suggest": (
        "units",
        "Mergers of neighbours that meet a constraint, the best there are, with how sure that is.",
    ),
    "compare": ("compare", "Units side by side, or one among the units most like it."),
    "rank": ("compare", "Units by any measure, with summaries by type, province or size."),
    "sensitivity": ("compare", "Total posts, shortfall and surplus as numbers of the frame vary."),
    "borderline": (
        "compare",
        "Units a few residents from gaining or losing a post, and when growth takes them there.",
    ),
    "changes": (
        "compare",
        "What changed from one table, or audit, to the next, and what each change is due to.",
    ),
    "plan": ("people", "Who moves where, stage by stage, and what stays short."),
    "progress": ("people", "How much of a plan is done, what is stuck, and a plan from where things stand."),
    "allocate": (
        "people",
        "Share a province's posts among its units, within bounds, or see what a cut takes from each.",
    ),
    "path": (
        "people",
        "Year by year to a deadline: who retires, who meets the norm, the fewest moves and recruits.",
    ),
    "bulk": ("reports", "Audit a CSV or Parquet file of any size into another, in bounded memory."),
    "report": ("reports", "A report to hand in: a page with a map, a Word document, or Markdown."),
    "form": (
        "reports",
        "An empty form to fill in: headings, drop-downs, notes, example rows; the tables that commands read.",
    ),
    "rules": ("rules", "The frames: list, show, check, compare, and the schema for writing one."),
    "check": (
        "audit",
        "Every finding about a table: duplicates, implausible residents, lost zeros, wrong totals.",
    ),
    "reconcile": (
        "audit",
        "Which residents lost zeros, so that the table adds up to its control total exactly.",
    ),
    "verify": ("reports", "Run again what a manifest records, and compare byte for byte."),
    "data": ("rules", "The tables that come with the program."),
    "help": ("rules", "The documentation, page by page, without a network: rules, reading, limits, keys."),
}
"""Each command's name, the folder of its module in `commands`, and the first line of its help."""

GROUPS = {
    "audit": say("Audit"),
    "compare": say("Compare"),
    "units": say("Rearrange units"),
    "people": say("Redeploy people"),
    "reports": say("Report"),
    "rules": say("Data and rules"),
}
"""What the commands of each folder are for, in the order of the help."""

COMMANDS = {name: said for name, (_, said) in _COMMANDS.items()}
"""Each command's name and the first line of its help."""


def commands_of(folder: str) -> tuple[str, ...]:
    """The names of the commands that are for one thing."""
    return tuple(name for name, (place, _) in _COMMANDS.items() if place == folder)


class _Lazy(MutableMapping[str, Any]):
    """The commands by name, each made from its module on first use."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            if name not in COMMANDS:
                raise KeyError(name)
            folder, _ = _COMMANDS[name]
            module = import_module(f"quota.cli.commands.{folder}.{name.replace('-', '_')}")
            made = typer.main.get_command(module.app)
            made.name = name
            self._made[name] = convert_plainly(in_language(with_common_options(made)))
        return self._made[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._made[name] = value

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Lazy()

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Take what was typed before the command's name."""
        try:
            return super().make_context(*given, **more)
        except USAGE_ERROR as error:
            raise in_words(error) from None

    def invoke(self, ctx: Any) -> Any:
        """Run a command; of one that was interrupted nothing is said, whatever it ended in."""
        try:
            return super().invoke(ctx)
        except USAGE_ERROR as error:
            raise in_words(error) from None
        finally:
            stop_if_interrupted()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands from the registry by what they are for, importing none of them."""
        for folder, heading in GROUPS.items():
            with formatter.section(words(heading)):
                formatter.write_dl([(name, phrase(COMMANDS[name])) for name in commands_of(folder)])


def _version(asked: bool) -> None:
    if asked:
        from quota.render.kit.output import show
        from quota.tables.shipped.embedded import data_day

        said = say("quota {version}, data of {day}", version=__version__, day=data_day())
        show(f"{words(said)}\n")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version and the day of the embedded figures, and stop.",
        ),
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Staffing quotas of Vietnam's communes, wards and special zones: who is short, who is over, and why.

    Start with `quota audit`. Where another program is called quota (Linux's disk tool), use
    `python -m quota`.
    """


def command() -> Any:
    """The whole command line as one command."""
    app = typer.Typer(
        cls=_Group,
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: no second spent importing colours
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    root: Any = typer.main.get_command(app)
    commands, root.commands = root.commands, {}  # each is put into words when it is made
    convert_plainly(in_language(root))
    root.commands = commands
    return root
