"""UIDs: what makes a calendar recognise an item again, next week and next term."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, strategies as st

from planner_ical.identity import uid
from tests.plugins.ical.made import feeds_of, parts, read_plan, whole

TASKS = """
[[tasks]]
id = "brand-apply"
title = "特色项目申报"
when = "三月"

[[tasks]]
id = "brand-review"
title = "特色项目评比"
when = "六月"
"""
plan_ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True)
keys = st.from_regex(r"[A-Za-z0-9.-]{1,90}", fullmatch=True)
roles = st.sampled_from(["e", "d", "t"])
identities = st.tuples(plan_ids, keys, roles)


@given(identities)
def test_a_uid_is_short_and_plain(identity: tuple[str, str, str]) -> None:
    made = uid(*identity)  # type: ignore[arg-type]
    assert re.fullmatch(r"[A-Za-z0-9.-]+@[a-z0-9-]+", made)
    assert len(made) <= 64


@given(identities, identities)
def test_different_identities_have_different_uids(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert (uid(*one) == uid(*other)) == (one == other)  # type: ignore[arg-type]


def test_long_identities_that_begin_alike_differ() -> None:
    plan, key = "p" * 64, "k" * 64
    made = {uid(plan, key + end, "e") for end in ("", ".1", ".2")} | {
        uid(plan, key, "t"),
        uid(plan + "q", key, "e"),
    }
    assert len(made) == 5


def test_the_scheme_is_readable_and_never_changes() -> None:
    """Calendars all over the school hang on these very strings."""
    assert uid("2023-spring-k3f9", "brand-apply", "e") == "e.brand-apply@2023-spring-k3f9"
    assert uid("2023-spring-k3f9", "committee.2023-03", "t") == "t.committee.2023-03@2023-spring-k3f9"
    assert uid("p" * 40, "k" * 40, "d") == "d-00d4e100321d7b7513fd468e7d4d7035@" + "p" * 29


def test_next_terms_calendar_shares_no_uid_with_this_terms(tmp_path: Path) -> None:
    this = parts(whole(read_plan(tmp_path, TASKS, plan_id="2023-spring-k3f9"), "full"))
    following = parts(whole(read_plan(tmp_path, TASKS, plan_id="2023-autumn-p2x7"), "full"))
    assert len(this) == len(following) == 6
    assert not this.keys() & following.keys()


def test_title_order_and_time_do_not_change_a_uid(tmp_path: Path) -> None:
    before = parts(whole(read_plan(tmp_path, TASKS), "full"))
    changed = """
[[tasks]]
id = "brand-review"
title = "评比（改了名）"
when = "五月"

[[tasks]]
id = "brand-apply"
title = "申报"
when = "四月"
"""
    assert parts(whole(read_plan(tmp_path, changed), "full")).keys() == before.keys()


def test_the_marker_becomes_the_event_when_the_day_is_decided(tmp_path: Path) -> None:
    open_ones = parts(whole(read_plan(tmp_path, TASKS)))
    decided = parts(
        whole(read_plan(tmp_path, TASKS.replace('when = "六月"', 'when = "六月"\non = "2023-06-16 14:00-16:30"')))
    )
    assert open_ones.keys() - decided.keys() == {"d.brand-review@2023-spring-k3f9"}
    assert not decided.keys() - open_ones.keys()
    assert decided["e.brand-review@2023-spring-k3f9"]["STATUS"] == "CONFIRMED"


def test_an_item_has_the_same_uid_and_bytes_in_every_file(tmp_path: Path) -> None:
    feeds = feeds_of(read_plan(tmp_path, TASKS), "full")
    bodies = {feed.content[feed.content.index(b"BEGIN:VEVENT") :] for feed in feeds.values()}
    assert len(feeds) == 3
    assert len(bodies) == 1


def test_event_and_todo_of_a_task_differ(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    assert not parts(whole(plan, "events")).keys() & parts(whole(plan, "todos")).keys()
