"""What holds for every store of a journal. A store of a plugin passes these tests too:

class TestMyStore(StoreContract):
    @pytest.fixture
    def store(self):
        yield MyStore(...)   # an empty one
    @pytest.fixture
    def other(self, store):
        yield MyStore(...)   # another at the same place, as a second program has it; None where there can be none
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planner.errors import JournalError
from planner.journal.entry import Entry, new_id, time_text
from planner.journal.store import Store

START = datetime(2023, 3, 8, 6, tzinfo=UTC)


def entry(minute: int = 0, **changes: Any) -> Entry:
    """An entry some minutes after 2023-03-08T06:00Z, with an id of its own."""
    instant = START + timedelta(minutes=minute)
    made = Entry(new_id(instant), time_text(instant), "李老师", "plan-1", "status", {"status": "done"}, "health-check")
    return made._replace(**changes)


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _level in range(depth):
        value = [value]
    return value


NO_ENTRIES: dict[str, dict[str, Any]] = {
    "an id in capitals": {"id": "01869A77-FC00-709B-B120-5A6AA2CFFBB1"},
    "an id of another version": {"id": "01869a77-fc00-409b-b120-5a6aa2cffbb1"},
    "no id": {"id": None},
    "a time with an offset": {"time": "2023-03-08T14:00:00.000+08:00"},
    "a time in seconds": {"time": "2023-03-08T06:00:00Z"},
    "a day that does not exist": {"time": "2023-02-30T06:00:00.000Z"},
    "no plan": {"plan": ""},
    "no kind": {"kind": ""},
    "a number for the author": {"author": 7},
    "no text for the task": {"task": None},
    "a number for the occurrence": {"occurrence": 0},
    "half a character": {"author": "李\ud800"},
    "half a character in the occurrence": {"occurrence": "\udfff"},
    "a NUL": {"branch": "a\0b"},
    "a list as data": {"data": []},
    "data that is no number": {"data": {"n": float("nan")}},
    "a day in the data": {"data": {"day": date(2023, 3, 8)}},
    "half a character in the data": {"data": {"text": "\udc80"}},
    "data nested without end": {"data": {"a": nested(40)}},
    "data nested deeper than Python goes": {"data": {"a": nested(5000)}},
}


class StoreContract:
    """Give the fixture `store`, and `other` where two programs can share a place."""

    @pytest.fixture
    def other(self) -> Store | None:
        return None

    def test_while_nobody_writes_its_version_stays_the_same(self, store: Store) -> None:
        assert store.version() == store.version()
        store.append([entry()])
        before = store.version()
        assert list(store.entries()) != []
        assert store.count() == 1
        assert store.version() == before

    def test_what_somebody_else_writes_changes_its_version(self, store: Store, other: Store | None) -> None:
        if other is None:
            pytest.skip("no other program can share this place")
        seen = [store.version()]
        for minute in range(3):
            other.append([entry(minute)])
            assert store.version() not in seen
            seen.append(store.version())

    def test_so_does_what_was_written_while_it_was_closed(self, store: Store, other: Store | None) -> None:
        if other is None:
            pytest.skip("no other program can share this place")
        store.append([entry(1)])
        before = store.version()
        store.close()
        other.append([entry(2)])
        assert store.version() != before

    def test_of_each_part_the_last_status_can_still_count(self, store: Store) -> None:
        old, new = entry(1, occurrence=""), entry(2, occurrence="", data={"status": "doing"})
        other_slot, other_branch = entry(1, occurrence="2023-04"), entry(1, occurrence="", branch="north")
        whole, again = entry(3, data={"status": "cancelled"}), entry(4, data={"status": "planned"})
        several = entry(5, occurrence="", data={"status": "done", "branches": ["north", "south"]})
        others = entry(6, occurrence="", plan="plan-2"), entry(6, occurrence="", kind="note", data={"text": "x"})
        store.append([new, old, other_slot, other_branch, whole, again, several, *others])
        expected = sorted([new, other_slot, other_branch, whole, again, several], key=lambda e: e.order)
        assert list(store.latest("plan-1")) == expected

    def test_a_status_that_was_taken_back_gives_way_to_the_one_before(self, store: Store) -> None:
        first, second, third = (entry(n, occurrence="", data={"status": "doing", "n": n}) for n in range(3))
        store.append([first, second, third])
        assert list(store.latest("plan-1", {third.id})) == [second]
        assert list(store.latest("plan-1", {third.id, second.id})) == [first]
        assert list(store.latest("plan-1", {first.id, second.id, third.id})) == []

    def test_at_first_there_is_nothing(self, store: Store) -> None:
        assert list(store.entries()) == []
        assert store.count() == 0

    def test_what_was_added_comes_back_by_time_then_id(self, store: Store) -> None:
        first, second, same_time = entry(1), entry(2), entry(2)
        assert second.id < same_time.id
        imported_late = entry(9, time=entry(0).time)
        given = [same_time, first, second, imported_late]
        assert store.append(given) == given
        assert list(store.entries()) == [imported_late, first, second, same_time]
        assert store.count() == 4

    def test_nothing_of_an_entry_is_lost(self, store: Store) -> None:
        data = {
            "text": "“体检” 🎋 é\n\t\\\"' \u2028", "n": 10**30, "x": -0.1, "big": 1e300, "none": None, "yes": True,
            "list": [1, "二", {}, []], "": "",
        }  # fmt: skip
        full = entry(author="王 老师", kind="of-tomorrow", data=data, task="t-1", occurrence="2023-03", branch="b")
        bare = entry(1, author="", data={}, task="", occurrence=None, branch="")
        named = entry(2, occurrence="")
        store.append([full, bare, named])
        assert list(store.entries()) == [full, bare, named]
        assert all(isinstance(found, Entry) for found in store.entries())

    def test_the_same_entry_is_added_once(self, store: Store) -> None:
        one, two, three = entry(1), entry(2), entry(3, data={"a": 1, "b": 2})
        store.append([two])
        assert store.append([three, two, one, three]) == [three, one]
        assert store.append([three._replace(data={"b": 2, "a": 1})]) == []
        assert list(store.entries()) == [one, two, three]

    @pytest.mark.parametrize("field", [{"author": "别人"}, {"data": {"status": "doing"}}, {"occurrence": ""}])
    def test_another_entry_with_a_known_id_is_refused_and_nothing_added(
        self, store: Store, field: dict[str, Any]
    ) -> None:
        known, new = entry(1), entry(2)
        store.append([known])
        with pytest.raises(JournalError, match=known.id):
            store.append([new, known._replace(**field)])
        with pytest.raises(JournalError, match=new.id):
            store.append([new, new._replace(**field)])
        assert list(store.entries()) == [known]

    @pytest.mark.parametrize("what", NO_ENTRIES)
    def test_what_is_no_entry_is_refused_and_nothing_added(self, store: Store, what: str) -> None:
        with pytest.raises(JournalError):
            store.append([entry(1), entry(2)._replace(**NO_ENTRIES[what])])
        assert list(store.entries()) == []

    def test_entries_are_found_by_plan_kind_and_task(self, store: Store) -> None:
        done, note = entry(1), entry(2, kind="note")
        undo, other = entry(3, kind="undo", task=""), entry(4, plan="plan-2")
        store.append([done, note, undo, other])

        def found(**wanted: Any) -> list[Entry]:
            return list(store.entries(**wanted))

        assert found(plan="plan-1") == [done, note, undo]
        assert found(kinds=["status"]) == [done, other]
        assert found(kinds={"note", "undo"}) == [note, undo]
        assert found(kinds=()) == []
        assert found(task="health-check") == [done, note, other]
        assert found(task="") == [undo]
        assert found(plan="plan-1", kinds=("status", "note"), task="health-check") == [done, note]
        assert found(plan="PLAN-1") == found(task="health%") == []

    def test_many_entries_go_in_at_once(self, store: Store) -> None:
        many = [entry(n % 60, author=str(n)) for n in range(1300)]
        assert store.append(many) == many
        late = entry(70)
        assert store.append([*many, late]) == [late]
        assert list(store.entries()) == [*sorted(many, key=lambda e: e.order), late]

    def test_nothing_is_added_when_what_happens_meanwhile_fails(self, store: Store) -> None:
        known = entry(1)
        store.append([known])
        for error in (OSError("disk"), JournalError("x"), KeyboardInterrupt()):

            def fail(error: BaseException = error) -> None:
                raise error

            with pytest.raises(type(error)):
                store.append([entry(2), entry(3)], fail)
            assert list(store.entries()) == [known]
        assert store.append([entry(4)]) != []

    def test_meanwhile_the_new_entries_can_be_read(self, store: Store) -> None:
        seen: list[list[Entry]] = []
        one, two = entry(1), entry(2)
        store.append([one], lambda: seen.append(list(store.entries())))
        store.append([two], lambda: seen.append([*store.entries(task="health-check"), *store.entries(task="x")]))
        assert seen == [[one], [one, two]]

    def test_meanwhile_happens_once_even_where_nothing_is_new(self, store: Store) -> None:
        known, happened = entry(1), list[int]()
        store.append([known], lambda: happened.append(1))
        store.append([known], lambda: happened.append(2))
        store.append([], lambda: happened.append(3))
        assert happened == [1, 2, 3]

    def test_what_is_read_is_as_of_one_moment(self, store: Store) -> None:
        first, second, third = entry(1), entry(2), entry(3)
        store.append([first, second])
        reading = store.entries()
        assert next(reading) == first
        store.append([third])
        assert list(reading) == [second]

    def test_a_closed_store_opens_again(self, store: Store) -> None:
        known = entry(1)
        store.append([known])
        store.close()
        store.close()
        assert list(store.entries()) == [known]
        store.close()
        assert store.append([entry(2)]) != []
        assert store.count() == 2

    def test_it_says_where_it_is_and_how_it_is(self, store: Store) -> None:
        assert store.url
        store.append([entry()])
        assert all(isinstance(value, str | int) for value in store.about().values())
