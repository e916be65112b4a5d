"""The board in a browser on this computer, and nobody else's."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from planner.api import UsageError
from planner_board.web.site import HOST, Site, child_command, serve
from tests.conftest import STATE
from tests.plugins.planner_board.boards import TWO_TASKS, run, session_of

Write = Callable[..., Path]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def served(plan: Path) -> AsyncIterator[tuple[Site, aiohttp.ClientSession]]:
    session = session_of(plan)
    site = Site(session, session.snapshot().plan, free_port())
    runner = web.AppRunner(site.app(), access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, HOST, site.port).start()
    try:
        async with aiohttp.ClientSession() as client:
            yield site, client
    finally:
        await runner.cleanup()
        session.close()


def test_the_page_asks_nothing_of_the_web_and_is_in_chinese(write: Write) -> None:
    async def scene() -> None:
        async with served(write(TWO_TASKS)) as (site, client), client.get(site.address) as answer:
            page = await answer.text()
            assert answer.status == 200
            assert "测试计划" in page
            for name in re.findall(r'(?:src|href)="([^"]+)"', page):
                assert name == "data:," or name.startswith("static/")
                if name.startswith("static/"):
                    async with client.get(site.address + name) as part:
                        assert part.status == 200
                        assert not re.search(r"url\(\s*['\"]?https?:|fonts\.g", await part.text())
            assert {url.split("/")[2] for url in re.findall(r"\w+://[^\"]+", page)} == {f"{HOST}:{site.port}"}
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "noto sans mono cjk" in (await (await client.get(site.address + "static/textual.js")).text()).lower()

    run(scene())


@pytest.mark.parametrize(("asked", "size"), [("20", "20"), ("", "16"), ("x", "16"), ("9" * 6000, "16"), ("7000", "60")])
def test_letters_have_the_size_that_was_asked_for_unless_nobody_could_read_them(
    write: Write, asked: str, size: str
) -> None:
    async def scene() -> None:
        async with (
            served(write(TWO_TASKS)) as (site, client),
            client.get(site.address, params={"fontsize": asked}) as answer,
        ):
            assert answer.status == 200
            assert f'data-font-size="{size}"' in await answer.text()

    run(scene())


@pytest.mark.parametrize("part", ["", "ws", "static/textual.js"])
def test_who_does_not_know_the_secret_gets_nothing(write: Write, part: str) -> None:
    async def scene() -> None:
        async with served(write(TWO_TASKS)) as (site, client):
            origin = {"Origin": f"http://{HOST}:{site.port}"}
            for secret in ("wrong", site.secret[:-1], "é", ""):
                async with client.get(f"http://{HOST}:{site.port}/{secret}/{part}", headers=origin) as answer:
                    assert answer.status in (403, 404)

    run(scene())


def test_a_page_of_somebody_else_cannot_drive_the_board(write: Write) -> None:
    async def scene() -> None:
        async with served(write(TWO_TASKS)) as (site, client):
            for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {}):
                with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                    await client.ws_connect(site.address + "ws", headers=headers)
                assert caught.value.status == 403

    run(scene())


def test_a_name_of_somebody_else_that_leads_here_is_refused(write: Write) -> None:
    async def scene() -> None:
        async with served(write(TWO_TASKS)) as (site, client):
            answer = await client.get(site.address, headers={"Host": f"evil.example:{site.port}"})
            assert answer.status == 403

    run(scene())


def test_the_board_is_drawn_and_keys_arrive(write: Write) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    (STATE / "board.json").write_text('{"format": 1, "greeted": true}')
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with served(plan) as (site, client):
            origin = {"Origin": f"http://{HOST}:{site.port}"}
            async with client.ws_connect(site.address + "ws?width=100&height=30", headers=origin) as page:
                seen = ""

                async def until(words: str) -> None:
                    nonlocal seen
                    async with asyncio.timeout(20):
                        while words not in seen:
                            message = await page.receive()
                            assert message.type == aiohttp.WSMsgType.BINARY, message
                            seen += message.data.decode("utf-8", "replace")

                await until("第一件事")
                await page.send_str('nonsense"')
                await page.send_json(["resize", {"width": "x"}])
                await page.send_json(["stdin", " "])
                await until("1/2")

    run(scene())
    assert plan.with_suffix(".journal.sqlite").exists()


def test_the_child_gets_the_same_options(write: Write) -> None:
    plan = write(TWO_TASKS, "有 空格 & $(x).toml")
    session = session_of(plan)
    session.journal_url, session.without = "/tmp/日志 1.sqlite", ("ical",)
    words = child_command(session)
    assert words[:4] == [sys.executable, "-P", "-m", "planner"]
    assert ["-p", str(plan)] == words[(at := words.index("-p")) : at + 2]
    assert {"/tmp/日志 1.sqlite", "2023-04-10", "ical"} <= set(words)
    assert words[-1] == "board"


def test_a_port_that_is_taken_is_said_in_words(write: Write) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            serve(session_of(write(TWO_TASKS)), port)
    assert str(port) in caught.value.message
    assert "--port" in (caught.value.hint or "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGINT")
def test_the_command_prints_the_address_alone_and_ends_with_ctrl_c(write: Write) -> None:
    words = [sys.executable, "-m", "planner", "-p", str(write(TWO_TASKS)), "board", "--web", "--port", str(free_port())]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ}
    ) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline()
        assert re.fullmatch(rf"http://{HOST}:\d+/[\w-]{{32}}/\n", address)
        assert "Ctrl+C" in process.stderr.readline()
        process.send_signal(2)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert out + err == ""
