"""说明.txt: for the office, which file is for whom and how it gets into a calendar. Content, so always in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.api import OFFICE
from planner_ical import note, words
from planner_ical.manifest import FileEntry, Manifest

NAME = "说明.txt"
FIRST_WORDS = "日历文件说明："

_HOW = """\
1. 每个学期单独建一个日历（比如“工会2023年春”），把文件导入这个日历。学期结束，或者计划有大的改动，
   就把这个日历整个删掉再重新导入，不会和别的日程混在一起。
2. 能订阅就不要导入：把这些文件放到学校网站上，在日历里用文件的网址订阅。订阅会整个更新，不会重复。
3. 同一个文件再导入一次：苹果日历和谷歌日历会对上原来的条目；Outlook 桌面版和 Nextcloud 可能重复，
   也可能跳过，所以先删掉原来的那个日历再导入。
4. 苹果手机上，在聊天软件里点开 .ics 文件没有反应。请用邮件、隔空投送，或者在 Safari 里打开文件的网址。
5. 飞书、企业微信、钉钉、WPS 没有公开说明能导入这种文件，这里不作保证。
6. 提醒：谷歌日历不用文件里的提醒，Outlook 只留一个；要紧的事请在自己的日历里再设一次。"""

_TODOS = """\
7. 待办：谷歌日历和 Outlook 会丢掉文件里的待办，苹果日历也不读。能读的有 Tasks.org、jtx Board、
   Thunderbird、Nextcloud、Evolution 和 todoman。"""

_MARKS = """\
〔三月·日期待定〕  计划只写到月份，日子还没有定。这一条放在这段时间的第一个工作日（每月、每周要做的
                  事放在快结束的时候；整段都放假的，放在第一天），只作提示。日子定下以后，重新导出，
                  这一条会移到那一天。
〔截止〕          时间较长的事项，在结束前 5 个工作日再提示一次。
〔待确认〕        日子由计划原文推算（比如“三八节”），还没有最后确认。
〔完成〕          已经办完的事项。
〔取消〕          已经取消的事项。平时，取消的事项直接从文件里消失；导入过旧文件、又不便删掉重来的，
                  导出时加上 --keep-cancelled，文件里才会有这一条。"""


def guide_bytes(manifest: Manifest) -> bytes:
    """The guide as its file holds it: with a byte order mark and CRLF, so that every Windows editor shows it right."""
    return "\r\n".join("\n".join(_sections(manifest)).split("\n")).encode("utf-8-sig") + b"\r\n"


def is_guide(content: bytes) -> bool:
    """Whether a file is a guide that an earlier run wrote."""
    return content.decode("utf-8-sig", "replace").startswith(FIRST_WORDS)


def _sections(manifest: Manifest) -> Iterator[str]:
    files, undated = manifest["files"], manifest["undated"]
    yield f"{FIRST_WORDS}{manifest['plan']['title']}"
    yield manifest["plan"]["organization"]
    yield "\n一、哪个文件给谁\n"
    yield from _who(files)
    yield f"{note.NAME}\n    这次和上次发出的日历相比有哪些变化，按分工会分段，可以直接复制到群里。"
    yield "\n二、怎样放进手机和电脑\n"
    yield _HOW
    if any(entry["todos"] for entry in files):
        yield _TODOS
    if any(entry["events"] for entry in files):
        yield "\n三、日历上的标记\n"
        yield _MARKS
    if undated:
        yield f"\n无日期事项（{len(undated)}项）\n"
        yield "计划没有写时间，或者只写了“适时”，或者推迟了还没有定新的日子，所以不在日程里。"
        yield "定了日子再导出，就会出现。"
        yield from (f"  · {entry['title']}" for entry in undated)
    if manifest["private"]:
        yield f"\n另有{manifest['private']}项只在{OFFICE}内部看，不在以上任何文件里。"


def _who(files: Sequence[FileEntry]) -> Iterator[str]:
    for entry in files:
        counts = [f"{entry['events']}条日程"] if entry["events"] or not entry["todos"] else []
        counts += [f"{entry['todos']}条待办"] if entry["todos"] else []
        what = "全部事项" if entry["branch"] is None else f"本分工会的事项，加上{OFFICE}的事项"
        if entry["month"] is not None:
            what += f"，{entry['month'] or words.UNDATED}部分"
        yield f"{entry['name']}\n    给{entry['audience']}：{what}，共{'、'.join(counts)}"
