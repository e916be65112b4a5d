"""`planner new`: a plan to start from."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import click

from planner.dates.window import Window
from planner.errors import UsageError
from planner.files import write_atomically
from planner.i18n import _
from planner.output import echo, echo_json, say
from planner.session import Session
from planner.text import random_signs

_TERM = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")

_TEMPLATE = """\
#:schema ./plan.schema.json
# 工会计划。键名用英文，内容用中文；引号、等号、逗号、方括号用半角。
# 写好后运行 planner check 检查。

id           = {id}        # 永久编号，不要改
title        = {title}
organization = {organization}

[term]
start = {start}
end   = {end}
# week1 = 年-月-日          # 教学第 1 周的星期一；写了才能用“第8周”
# teaching-end = 年-月-日   # 最后一个教学日；写了才能用“期末”“暑假”

[guiding]
text   = ""               # 指导思想
duties = ["维护", "参与", "教育", "建设"]

# 目标：工作思路里的每一条写一个 [[goals]]，例如：
# [[goals]]
# id     = "care"
# title  = "送温暖服务"
# duties = ["维护"]
{branches}
# 任务：每项写一个 [[tasks]]，when 照原话写，没有定下的日子不要写。例如：
# [[tasks]]
# id    = "health-check"
# title = "组织教职工体检"
# when  = "五月"
# goals = ["care"]
"""


@click.command(
    help=_("Write a new plan with explanations, or the next term's from an old one. No file is ever overwritten.")
)
@click.argument("file", type=click.Path(path_type=Path), metavar="[FILE]", required=False)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help=_(
        "Draft it from this plan: words for times are read anew, decided days go, what is unfinished is carried over"
    ),
)
@click.option("--organization", metavar="NAME", help=_("Full name of the union"))
@click.option("--title", metavar="TITLE", help=_("Title of the plan; if left out, made from the term or the old title"))
@click.option(
    "--term",
    metavar="START..END",
    help=_("First and last day, for example 2024-02-01..2024-08-31; if left out, the school term of today"),
)
@click.option("--branch", "branches", metavar="NAME", multiple=True, help=_("Name of a sub-union; may be repeated"))
@click.pass_obj
def new(
    session: Session,
    file: Path | None,
    source: Path | None,
    organization: str | None,
    title: str | None,
    term: str | None,
    branches: tuple[str, ...],
) -> None:
    """Write the file."""
    if source is not None:
        _draft(session, source, file, title, term)
        return
    if file is None:
        raise UsageError(_("The new plan has no name."), _("For example: planner new 2024-spring"))
    start, end = _span(term) if term else _school_term(session.today("Asia/Shanghai"))
    if organization is None:
        if not sys.stdin.isatty():
            raise UsageError(_("Name the union: --organization NAME."))
        organization = click.prompt(_("Full name of the union"), err=True)
    if not organization.strip():
        raise UsageError(_("Name the union: --organization NAME."))
    target = _with_suffix(file)
    text = _TEMPLATE.format(
        id=_quoted(_new_id(start, end)),
        title=_quoted(title or default_title(start, end)),
        organization=_quoted(organization),
        start=start,
        end=end,
        branches="".join(
            f'\n[[branches]]\nid   = "branch-{n:02}"\nname = {_quoted(name)}\n' for n, name in enumerate(branches, 1)
        ),
    )
    write_atomically(target, text.encode(), replace=False)
    say(_("Written: {path}").format(path=target))


def _with_suffix(file: Path) -> Path:
    return file if file.suffix == ".toml" else file.with_name(file.name + ".toml")


def _draft(session: Session, source: Path, file: Path | None, title: str | None, term: str | None) -> None:
    """Write the next term's plan, and list what is different in it."""
    from planner.actions.next_term import next_term, note_lines

    if term is None:
        raise UsageError(_("Name the new term: --term START..END."), "--term 2024-02-01..2024-08-31")
    start, end = _span(term)
    session.plan_path = str(source)
    snapshot = session.snapshot()
    id_ = _new_id(start, end)
    target = _with_suffix(file) if file else source.with_name(id_.rpartition("-")[0] + ".toml")
    draft = next_term(source.read_bytes(), snapshot, Window(start, end), id_, title, default_title(start, end))
    write_atomically(target, draft.text.encode(), replace=False)
    say(_("Written: {path}").format(path=target))
    if session.json:
        echo_json({"file": str(target), "id": id_, "notes": [note._asdict() for note in draft.notes]})
    else:
        echo(*note_lines(draft.notes))


def _quoted(text: str) -> str:
    """`text` as a TOML basic string: JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _span(term: str) -> tuple[date, date]:
    match = _TERM.fullmatch(term.strip())
    try:
        start, end = (date.fromisoformat(day) for day in match.groups()) if match else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None or end < start:
        raise UsageError(
            _("The term {term} is not of the form START..END.").format(term=term), "2024-02-01..2024-08-31"
        )
    return start, end


def _school_term(today: date) -> tuple[date, date]:
    """February to August, or September to January: the term that holds `today`."""
    if 2 <= today.month <= 8:
        return date(today.year, 2, 1), date(today.year, 8, 31)
    year = today.year - (today.month == 1)
    return date(year, 9, 1), date(year + 1, 1, 31)


def default_title(start: date, end: date) -> str:
    """学年 and 学期 of a school term (the school year begins in September), the year of any other span."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year} 年工会工作计划"
    year = start.year if start.month >= 7 else start.year - 1
    half = "一" if start.month >= 7 else "二"
    return f"{year}—{year + 1} 学年第{half}学期工会工作计划"


def _new_id(start: date, end: date) -> str:
    """Year, season and four random signs: two schools, or two tries, never share calendar identities."""
    season = "autumn" if start.month >= 7 else "spring"
    if (end - start).days > 300:
        season = "year"
    return f"{start.year}-{season}-{random_signs(4)}"
