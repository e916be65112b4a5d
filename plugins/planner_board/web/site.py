"""`planner board --web`: the board in a browser on this computer, and to nobody else.

Each page runs a board of its own, in a process of its own. The address holds a secret that is made anew at each start;
besides, the browser must have been sent to this computer (Host), and only our own page may open the connection over
which keys go (Origin): a page of somebody else's in the same browser cannot. Nothing is fetched from the web.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from planner.api import Session, UsageError, _, echo, printable, say
from planner_board.web.served import Served

if TYPE_CHECKING:
    from planner.api import Plan

HOST = "127.0.0.1"
FONTS = (
    "'Sarasa Mono SC', 'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', "
    "'Microsoft YaHei Mono', monospace"
)
"""Fonts of the computer, none from the web: those that draw Chinese twice as wide as Latin come first."""
_LIBRARY_FONTS = "'Roboto Mono', Monaco, 'Courier New', monospace"
_LARGEST_MESSAGE = 1 << 20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(session: Session, port: int) -> None:
    """Serve the board until Ctrl+C. Raises UsageError where the port is taken, and what opening the plan raises."""
    plan = session.snapshot(checked=False).plan
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(Site(session, plan, port)))


async def _serve(site: Site) -> None:
    runner = web.AppRunner(site.app(), access_log=None, shutdown_timeout=2, handle_signals=False)
    await runner.setup()
    try:
        await _listen(runner, site.port)
        echo(site.address)
        say(_("The board is open at this address, for you on this computer only. Leave with Ctrl+C."))
        await _until_asked_to_leave()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        message = _("The port {port} cannot be used: another program has it, perhaps another board.")
        hint = _("Choose another one: planner board --web --port {port}").format(port=port % 65535 + 1)
        raise UsageError(message.format(port=port), hint) from error


async def _until_asked_to_leave() -> None:
    asked = asyncio.Event()
    with suppress(NotImplementedError):  # Windows: Ctrl+C arrives as an exception
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asked.wait()


class Site:
    """What is answered at the address."""

    def __init__(self, session: Session, plan: Plan, port: int, secret: str | None = None) -> None:
        self.title = printable(plan.title or plan.organization or plan.id)
        self.command = child_command(session)
        self.port = port
        self.secret = secret or secrets.token_urlsafe(24)
        self._open: set[web.WebSocketResponse] = set()

    @property
    def address(self) -> str:
        """What a person opens; whoever knows it can use the board."""
        return f"http://{HOST}:{self.port}/{self.secret}/"

    def app(self) -> web.Application:
        """The program that answers."""
        app = web.Application(middlewares=[self._guarded])
        app.router.add_get("/{secret}/", self._page)
        app.router.add_get("/{secret}/ws", self._socket)
        app.router.add_get("/{secret}/static/{name}", self._static)
        app.on_shutdown.append(self._close)
        return app

    async def _close(self, _app: web.Application) -> None:
        for socket in tuple(self._open):
            await socket.close()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only for those who know the address, on this computer, and from our own page."""
        hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        secret = request.match_info.get("secret", "")
        if request.host not in hosts or not hmac.compare_digest(secret.encode(), self.secret.encode()):
            raise web.HTTPForbidden(text=_("This address is not the one that was given out."))
        if request.headers.get("Origin", "") not in self._origins(request):
            raise web.HTTPForbidden(text=_("This page may not use the board."))
        response = await handler(request)
        if not response.prepared:
            response.headers.update(self._headers(request.host))
        return response

    def _origins(self, request: web.Request) -> set[str]:
        """Pages that may ask; a page itself, and what it shows, is asked for without naming one."""
        own = f"http://{request.host}"
        return {own} if request.path.endswith("/ws") else {own, ""}

    def _headers(self, host: str) -> dict[str, str]:
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            f"font-src 'self'; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }

    async def _page(self, request: web.Request) -> web.Response:
        values = {
            "lang": "en" if os.environ.get("LANGUAGE", "").startswith("en") else "zh-CN",
            "title": self.title,
            "opening": _("The board is being opened."),
            "closed": _("The board was closed."),
            "again": _("Open it again"),
            "gone": _("If that does not help, see the window in which it was started."),
            "socket": f"ws://{request.host}/{self.secret}/ws",
            "font_size": str(_number(request, "fontsize", 16, 8, 60)),
        }
        text = Template(_template("page.html")).substitute({key: escape(value) for key, value in values.items()})
        return web.Response(text=text, content_type="text/html")

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        library = files("textual_serve") / "static"
        if name == "page.js":
            return web.Response(text=_template(name), content_type="text/javascript")
        if name == "textual.js":
            text = (library / "js" / name).read_text(encoding="utf-8").replace(_LIBRARY_FONTS, FONTS)
            return web.Response(text=text, content_type="text/javascript")
        if name == "xterm.css":
            return web.Response(text=(library / "css" / name).read_text(encoding="utf-8"), content_type="text/css")
        raise web.HTTPNotFound

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST_MESSAGE)
        await socket.prepare(request)
        self._open.add(socket)
        board = Served(self.command, socket)
        try:
            await board.start(_number(request, "width", 80, 1, 2000), _number(request, "height", 24, 1, 2000))
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await board.take(message.data)
        finally:
            self._open.discard(socket)
            await board.stop()
        return socket


def _number(request: web.Request, name: str, usual: int, least: int, most: int) -> int:
    """A number that was asked for, kept between `least` and `most`; what is no number of a few digits is `usual`."""
    words = request.query.get(name, "")
    return min(max(int(words), least), most) if words.isascii() and words.isdecimal() and len(words) < 6 else usual


def _template(name: str) -> str:
    return (files("planner_board.web") / "templates" / name).read_text(encoding="utf-8")


def child_command(session: Session) -> Sequence[str]:
    """The words of a command that opens a board as `session` would: of the same plan, with the same options."""
    options: Mapping[str, object] = {
        "-p": session.plan_file.absolute(),
        "--journal": session.journal_url,
        "--today": session.today_asked,
        "--lang": "en" if os.environ.get("LANGUAGE", "").startswith("en") else "zh",
    }
    words = [word for option, value in options.items() if value for word in (option, str(value))]
    left_out = [word for name in session.without for word in ("--no-plugin", name)]
    # -P: a file named planner.py in the folder of a plan is nobody's business.
    return [sys.executable, "-P", "-m", "planner", *left_out, *words, "board"]
