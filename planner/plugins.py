"""Plugins: found by their entry points, loaded one by one, called one by one. What is broken costs one warning.

Entry points are read from the installed distributions' own files: `importlib.metadata` would double the start-up time.
No code is ever loaded from a plan's folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

import pluggy

from planner import hookspecs
from planner.errors import PluginError
from planner.i18n import _

GROUP = "planner"


class EntryPoint(NamedTuple):
    """A plugin as its distribution announces it. `extra` is the optional part of the distribution that it needs."""

    name: str
    module: str
    distribution: str
    version: str
    extra: str = ""


class Plugin(NamedTuple):
    """A plugin and how it fared. `problem` is empty for one that works."""

    entry: EntryPoint
    module: ModuleType | None
    state: str
    """"on", "off" (switched off by the user) or "broken"."""
    problem: str = ""


def discover(search_path: Iterable[str] | None = None) -> list[EntryPoint]:
    """Every entry point of our group on the import path, by name; the first of equal names wins."""
    found: dict[str, EntryPoint] = {}
    for folder in dict.fromkeys(sys.path if search_path is None else search_path):
        try:
            names = sorted(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
        for name in names:
            for entry in _entry_points(f"{folder or '.'}/{name}/entry_points.txt", name):
                found.setdefault(entry.name, entry)
    return sorted(found.values())


def _entry_points(path: str, info: str) -> Iterator[EntryPoint]:
    """The lines `name = module [extra]` of our section of a distribution's entry_points.txt."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, ValueError):
        return
    distribution, version, *_rest = [*info.rsplit(".", 1)[0].split("-"), ""]
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line:
            name, target = line.split("=", 1)
            module, _bracket, extra = target.partition("[")
            module = module.partition(":")[0].strip()
            yield EntryPoint(name.strip(), module, distribution.replace("_", "-"), version, extra.strip("] "))


class PluginManager:
    """The plugins of this run. `warn` is told, once each, what a plugin could not do."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._pluggy = pluggy.PluginManager(hookspecs.PROJECT)
        self._pluggy.add_hookspecs(hookspecs)
        self.plugins: list[Plugin] = []

    def register_core(self, module: ModuleType) -> None:
        """Add a module with the core's own implementations, unless it is there; they are called first."""
        if not self._pluggy.is_registered(module):
            self._pluggy.register(module, name=f" {module.__name__}")

    def load(self, entries: Iterable[EntryPoint], wanted: Callable[[str], bool]) -> None:
        """Import and register each plugin that is wanted; the order of their names is the order of all results."""
        for entry in entries:
            plugin = self._load(entry) if wanted(entry.name) else Plugin(entry, None, "off")
            self.plugins.append(plugin)
            if plugin.problem:
                self._warn(plugin.problem)

    def _load(self, entry: EntryPoint) -> Plugin:
        try:
            module = import_module(entry.module)
            self._pluggy.register(module, name=entry.name)
        except (Exception, SystemExit) as error:  # noqa: BLE001  a plugin may raise anything
            return Plugin(entry, None, "broken", _cannot_load(entry, error))
        unknown = self._unknown_hooks(module)
        if not unknown:
            return Plugin(entry, module, "on")
        self._pluggy.unregister(name=entry.name)
        message = _("The plugin {name} (from {distribution}) is left out: it has a hook that does not exist: {hooks}.")
        problem = message.format(name=entry.name, distribution=entry.distribution, hooks=", ".join(unknown))
        return Plugin(entry, None, "broken", problem)

    def _unknown_hooks(self, module: ModuleType) -> list[str]:
        marked = (n for n in dir(module) if self._pluggy.parse_hookimpl_opts(module, n) is not None)
        return [name for name in marked if not hasattr(hookspecs, name)]

    def call(self, hook: str, **arguments: Any) -> list[tuple[str, Any]]:
        """Call `hook` in each plugin by itself; pairs of plugin name ("" for the core) and result, in order of name."""
        results: list[tuple[str, Any]] = []
        for implementation in sorted(getattr(self._pluggy.hook, hook).get_hookimpls(), key=lambda i: i.plugin_name):
            name = "" if implementation.plugin_name.startswith(" ") else implementation.plugin_name
            try:
                answer = _checked(hook, implementation.function(*(arguments[a] for a in implementation.argnames)))
            except Exception as error:
                if not name:
                    raise
                message = _("The plugin {name} failed in {hook} and was passed over: {error}")
                self._warn(message.format(name=name, hook=hook, error=_describe(error)))
            else:
                results += [(name, result) for result in answer]
        return results

    def hooks_of(self, plugin: Plugin) -> list[str]:
        """The names of the hooks that a plugin implements."""
        callers = self._pluggy.get_hookcallers(plugin.module) if plugin.module else None
        return sorted(caller.name for caller in callers or ())


def _checked(hook: str, answer: Any) -> list[Any]:
    """The results in a plugin's `answer`: an iterable of what the hook asks for, or one of them by itself."""
    expected = load_target(hookspecs.RESULTS[hook], hook)
    if isinstance(answer, expected) and (expected is not tuple or isinstance(answer[0], str)):
        return [answer]
    results = list(answer)
    for result in results:
        pair = expected is not tuple or (len(result) == 2 and isinstance(result[0], str))
        if not isinstance(result, expected) or not pair:
            raise TypeError(f"{result!r:.60} is not what the hook asks for")
    return results


def _cannot_load(entry: EntryPoint, error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError) and entry.extra:
        message = _("The plugin {name} needs a part that is not installed ({error}). Install it by: {command}")
        command = f'pip install "{entry.distribution}[{entry.extra}]"'
        return message.format(name=entry.name, error=_describe(error), command=command)
    message = _("The plugin {name} (from {distribution}) cannot be loaded: {error}")
    return message.format(name=entry.name, distribution=entry.distribution, error=_describe(error))


def _describe(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def load_target(target: str, name: str) -> Any:
    """The object that a spec of the plugin `name` names as "module:attribute". Raises PluginError."""
    module, attribute = target.split(":")
    try:
        return getattr(import_module(module), attribute)
    except Exception as error:
        message = _("“{name}” cannot be started: {error}").format(name=name, error=_describe(error))
        hint = _("A part is not installed; the plugin's description tells which.")
        raise PluginError(message, hint if isinstance(error, ModuleNotFoundError) else None) from error


def choice(environ: Mapping[str, str], without: Iterable[str]) -> Callable[[str], bool]:
    """Which plugins are wanted: those that `PLANNER_PLUGINS` lists (unset: all), less those in `without`."""
    listed = environ.get("PLANNER_PLUGINS")
    only = None if listed is None else {name.strip() for name in listed.split(",")}
    excluded = set(without)
    return lambda name: name not in excluded and (only is None or name in only)
