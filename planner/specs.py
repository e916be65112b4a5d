"""What plugins register: typed values that check themselves and name the mistake."""

from __future__ import annotations

from dataclasses import dataclass


def require(good: bool, what: str) -> None:
    """Raise ValueError with `what` is wanted, unless it is good."""
    if not good:
        raise ValueError(what)


def check_target(target: str) -> None:
    """Raise ValueError unless `target` is written "module:attribute"."""
    module, colon, attribute = target.partition(":")
    good = bool(colon) and attribute.isidentifier() and all(part.isidentifier() for part in module.split("."))
    require(good, f"target {target!r}: want 'module:attribute'")


@dataclass(frozen=True)
class CommandSpec:
    """A command of the command line.

    `target` names a `click.Command` as "module:attribute"; it is imported only when the command runs. `help` is the
    one line that `planner --help` shows. With `opens` the bare `planner` runs it, on a terminal, without arguments.
    """

    name: str
    help: str
    target: str
    opens: bool = False

    def __post_init__(self) -> None:
        good = self.name.replace("-", "").isalnum() and self.name.isascii() and self.name == self.name.lower()
        require(good, f"command name {self.name!r}: want lower-case letters, digits, -")
        check_target(self.target)


@dataclass(frozen=True)
class ExporterSpec:
    """A file format for `planner export -o FILE`, chosen by the file's suffix (".ics").

    `target` names a function `(snapshot: Snapshot) -> bytes`: the whole content of the file. With `tells` the file is
    a calendar that people load: the journal then keeps what they were told.
    """

    suffix: str
    title: str
    target: str
    tells: bool = False

    def __post_init__(self) -> None:
        good = self.suffix[:1] == "." and self.suffix[1:].isalnum() and self.suffix == self.suffix.lower()
        require(good, f"suffix {self.suffix!r}: want '.' and lower-case letters or digits")
        check_target(self.target)


@dataclass(frozen=True)
class StoreSpec:
    """A place for journals, chosen by the scheme of a URL: `--journal postgres://…`.

    `target` names a callable `(url: str) -> Store` as "module:attribute"; it is imported only when such a URL is used.
    """

    scheme: str
    title: str
    target: str

    def __post_init__(self) -> None:
        letters = self.scheme.translate(str.maketrans("", "", "+.-"))
        good = letters.isalnum() and self.scheme.isascii() and self.scheme == self.scheme.lower()
        good = good and self.scheme[0].isalpha() and len(self.scheme) > 1
        require(good, f"scheme {self.scheme!r}: want two or more lower-case letters, digits, '+', '.', '-'")
        check_target(self.target)
