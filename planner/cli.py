"""The command line: a lazy group of commands, the global options, and the one place where errors end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from planner import __version__
from planner.errors import PlannerError, PluginError, reason
from planner.help import CellContext
from planner.i18n import _
from planner.parameters import Day
from planner.plugins import load_target
from planner.session import Session
from planner.specs import CommandSpec
from planner.text import nearest, printable

CORE_COMMANDS = (
    CommandSpec("check", _("Check a plan and its task graph"), "planner.commands.check:check"),
    CommandSpec("show", _("Show the plan month by month"), "planner.commands.show:show"),
    CommandSpec("agenda", _("What is due, coming and waiting"), "planner.commands.agenda:agenda"),
    CommandSpec("graph", _("What depends on what, and how much time there is"), "planner.commands.graph:graph"),
    CommandSpec("start", _("Record that work on a task has begun"), "planner.commands.marking:start"),
    CommandSpec("done", _("Record that a task is done"), "planner.commands.marking:done"),
    CommandSpec("reopen", _("Open a task again"), "planner.commands.marking:reopen"),
    CommandSpec("postpone", _("Record that a task is put off"), "planner.commands.marking:postpone"),
    CommandSpec("cancel", _("Record that a task will not take place"), "planner.commands.marking:cancel"),
    CommandSpec("note", _("Write a note on a task"), "planner.commands.marking:note"),
    CommandSpec("schedule", _("Decide the day of a task"), "planner.commands.schedule:schedule"),
    CommandSpec("log", _("What happened, who did it, and why"), "planner.commands.log:log"),
    CommandSpec("undo", _("Take back the last act, or any entry"), "planner.commands.undo:undo"),
    CommandSpec("changes", _("What people have not been told yet"), "planner.commands.changes:changes"),
    CommandSpec("add", _("Add a task to the plan in words"), "planner.commands.add:add"),
    CommandSpec("edit", _("Change values in the plan's file"), "planner.commands.edit:edit"),
    CommandSpec("remove", _("Take a task out of the plan"), "planner.commands.remove:remove"),
    CommandSpec("journal", _("Export, import, merge and back up the journal"), "planner.commands.journal:journal"),
    CommandSpec("when", _("Read a time expression"), "planner.commands.when:when"),
    CommandSpec("export", _("Write the plan to a file, by its suffix"), "planner.commands.export:export"),
    CommandSpec("new", _("Begin a new plan"), "planner.commands.new:new"),
    CommandSpec("schema", _("The format of plan files"), "planner.commands.schema:schema"),
    CommandSpec("plugins", _("Which plugins there are and how they fare"), "planner.commands.plugins:plugins"),
)


class PlannerGroup(click.Group):
    """Commands by name. Help and completion know them by their specs; only the one that runs is imported."""

    context_class = CellContext

    def specs(self, ctx: click.Context) -> dict[str, CommandSpec]:
        """Every command: the core's, then the plugins'. A name that is taken is refused with a warning."""
        known = {spec.name: spec for spec in CORE_COMMANDS}
        session = ctx.find_root().obj
        if not isinstance(session, Session):
            return known
        if "specs" not in ctx.meta:
            for plugin, spec in session.plugins.call("planner_commands"):
                if spec.name in known:
                    message = _("The plugin {name} offers a command that exists already: {command}.")
                    session.warn(message.format(name=plugin, command=spec.name))
                else:
                    known[spec.name] = spec
            ctx.meta["specs"] = known
        specs: dict[str, CommandSpec] = ctx.meta["specs"]
        return specs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of help."""
        return list(self.specs(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command named `cmd_name`. Raises PluginError when it cannot be imported."""
        spec = self.specs(ctx).get(cmd_name)
        if spec is None:
            return None
        command = load_target(spec.target, spec.name)
        assert isinstance(command, click.Command), spec.target
        command.context_class = CellContext
        command.options_metavar = _("[OPTIONS]")
        mine = {option for param in command.params for option in param.opts}
        command.params += [p for p in global_options(hidden=True) if not mine.intersection(p.opts)]
        command.epilog = command.epilog or _("The global options (see `planner --help`) may stand here too.")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a suggestion for a misspelt name that imports nothing."""
        name = args[0]
        if name not in self.specs(ctx) and not name.startswith("-") and not ctx.resilient_parsing:
            message = _("There is no command {name}.").format(name=printable(name))
            likely = nearest(name, self.specs(ctx))
            ctx.fail(message + (" " + _("did you mean {word}?").format(word=likely) if likely else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in help, from the specs alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(spec.name, spec.help) for spec in self.specs(ctx).values()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Completion from the specs alone."""
        names = [spec for name, spec in self.specs(ctx).items() if name.startswith(incomplete)]
        return [CompletionItem(spec.name, help=spec.help) for spec in names] + click.Command.shell_complete(
            self, ctx, incomplete
        )


def _into_session(attribute: str, convert: Callable[[Any], Any]) -> Callable[..., None]:
    def store(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value not in (None, False, ()):
            setattr(ctx.find_root().obj, attribute, convert(value))

    return store


def global_options(hidden: bool = False) -> list[click.Option]:
    """Options that may stand before or after the name of a command."""
    stored = {"expose_value": False, "hidden": hidden}
    return [
        click.Option(
            ["-p", "--plan"], metavar="FILE", type=click.Path(), help=_("The plan file"),
            callback=_into_session("plan_path", str), **stored,
        ),
        click.Option(
            ["--journal"], metavar="URL", help=_("The journal, where it is not beside the plan"),
            callback=_into_session("journal_url", str), **stored,
        ),
        click.Option(
            ["--today"], metavar="DATE", type=Day(), help=_("Take this day as today"),
            callback=_into_session("today_asked", lambda day: day), **stored,
        ),
        click.Option(
            ["--json"], is_flag=True, help=_("Write data as JSON"), callback=_into_session("json", bool), **stored
        ),
        click.Option(
            ["--lang"], type=click.Choice(["zh", "en"]), help=_("Language of all messages"),
            callback=lambda *_: None, **stored,
        ),
    ]  # fmt: skip


@click.group(
    "planner",
    cls=PlannerGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("[COMMAND] [ARGUMENTS]"),
    help=_("Semester plans of school trade unions: tasks, goals, dates and calendars."),
    epilog=_(
        "Without a command: the board on a terminal, else an overview of the plan. "
        "`planner COMMAND --help` explains each."
    ),
)
@click.version_option(__version__, "-V", "--version", prog_name="planner")
@click.pass_context
def planner(ctx: click.Context) -> None:
    """Without a command, what a plugin opens on a terminal; else the overview."""
    if ctx.invoked_subcommand is not None:
        return
    session: Session = ctx.find_root().obj
    if not session.json and _is_at_a_terminal() and (command := _opening(ctx)):
        ctx.invoke(command)
    else:
        from planner.commands.overview import overview

        overview(session)


def _is_at_a_terminal() -> bool:
    """Whether a person sits before a screen that can be drawn on; TERM=dumb is an editor's window, or a robot's."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # what opens there may draw on any of them
    return os.environ.get("TERM") != "dumb" and all(stream.isatty() for stream in streams)


def _opening(ctx: click.Context) -> click.Command | None:
    """The command of the first plugin that opens one; None, after a warning, where it cannot be imported."""
    group = ctx.command
    assert isinstance(group, PlannerGroup)
    name = next((spec.name for spec in group.specs(ctx).values() if spec.opens), None)
    if name is None:
        return None
    try:
        return group.get_command(ctx, name)
    except PluginError as error:
        session: Session = ctx.find_root().obj
        session.warn(error.message)
        return None


planner.params = [
    *global_options(),
    click.Option(
        ["--no-plugin"], metavar="NAME", multiple=True, is_eager=True, expose_value=False,
        help=_("Leave a plugin out"), callback=_into_session("without", tuple),
    ),
    *planner.params,
]  # fmt: skip


def run(arguments: list[str]) -> int:
    """Run the program and return its exit code. Every error ends here, as a message for a person."""
    from planner.output import report, say

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may lack a character: never fail for that
            stream.reconfigure(errors="replace")
    told: set[str] = set()

    def warn(message: str) -> None:
        if message not in told:
            told.add(message)
            say(_("warning: {message}").format(message=printable(message)))

    session = Session(warn)
    try:
        code = planner.main(arguments, prog_name="planner", standalone_mode=False, obj=session, max_content_width=100)
        return code if isinstance(code, int) else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: say nothing at exit
        return 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except Exception as error:
        if os.environ.get("PLANNER_DEBUG"):
            raise
        report(getattr(error, "problems", ()))
        message, hint, exit_code = _explained(error)
        first, *more = message.splitlines()
        say("\n".join([printable(first), *(f"  {printable(line)}" for line in more)]))
        if hint:
            lines = _("hint: {hint}").format(hint=hint).splitlines()  # an example to copy has several
            say("\n".join(f"    {printable(line)}".rstrip() for line in lines))
        return exit_code
    finally:
        session.close()


def _explained(error: Exception) -> tuple[str, str | None, int]:
    """Message, hint and exit code for whatever ended the run."""
    said = _("error: {message}")
    match error:
        case click.exceptions.Abort():
            return _("Interrupted."), None, 130
        case click.ClickException():
            context = getattr(error, "ctx", None)
            hint = f"{context.command_path} --help" if context else None
            return said.format(message=error.format_message()), hint, error.exit_code
        case PlannerError():
            return said.format(message=error.message), error.hint, error.exit_code
        case OSError() if error.filename is None:
            return said.format(message=_("The output cannot be written: {error}").format(error=reason(error))), None, 1
        case _other:
            message = _("This is a mistake in planner itself: {error}")
            hint = _("Nothing was changed. With PLANNER_DEBUG=1 it tells more.")
            return message.format(error=f"{type(error).__name__}: {error}"), hint, 1
