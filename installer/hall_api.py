"""A manager's hand on a running hall: sign in, read the journal, have it checked. Plain HTTP."""

import getpass
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPException, HTTPResponse
from typing import TypeVar

from pydantic import BaseModel

from hall.catalog import Catalog
from hall.errors import InputError, Retry, WorldError, system_words
from hall.facts import JournalEntry
from hall.wire.backups import BackupList, BackupNow, DrillNow
from hall.wire.bookings import Book, BookingReply, Imported, PortalName, PortalToken, SlotList, SlotNow
from hall.wire.commands import SignIn
from hall.wire.replies import SignedIn
from hall.wire.statistics import Statistics
from hall.wire.views import ForecastAccuracy, HallNow, JournalCheck, Waits

M = TypeVar("M", bound=BaseModel)
_BLOCK = 1 << 16
_USUAL, _LONG = 30.0, 1800.0  # seconds: a drill of many years recomputes them all


class HallApiError(WorldError):
    """The server is not there or refused; the message is the server's own where it gave one."""

    code = "installer.hall_api"
    retry = Retry.LATER
    advice = "请确认服务器在运行、地址和口令正确"


class AddressError(InputError):
    """The address of a server that cannot be one."""

    code = "installer.address"
    advice = "请写成 http://10.0.0.2:8600 或 10.0.0.2:8600"


class NoPinError(InputError):
    """Nobody is there to type the PIN."""

    code = "installer.no_pin"
    advice = "请在终端里运行，按提示输入口令"


def ask_pin(staff: str) -> str:
    """A person's PIN, typed unseen; without a terminal the next line of the input.

    Raises:
        NoPinError: If there is nobody to type it, and no such line.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(f"{staff} 的口令：")
    except getpass.GetPassWarning:  # no terminal: what comes through a pipe nobody sees
        typed = sys.stdin.readline() if sys.stdin else ""
    except EOFError:
        typed = ""
    if not typed:
        raise NoPinError("没有输入口令")
    return typed.rstrip("\n")


def with_scheme(address: str) -> str:
    """A server's address as people type it: `10.0.0.2:8600` is `http://10.0.0.2:8600`.

    Raises:
        AddressError: If it is none.
    """
    text = address.strip().rstrip("/")
    text = text if "://" in text else f"http://{text}"
    try:
        parts = urllib.parse.urlsplit(text)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fit = False
    if not fit or any(sign.isspace() for sign in text):
        raise AddressError(f"{address!r} 不是服务器地址")
    return text


class HallApi:
    """One manager's session with a server.

    Raises:
        HallApiError: From any call.
    """

    def __init__(self, address: str, staff: str, pin: str) -> None:
        self.address = with_scheme(address)
        self._session = ""
        signed_in = self._ask("/api/sessions", SignedIn, SignIn(staff=staff, pin=pin).model_dump_json())
        self._session = signed_in.session

    def hall(self) -> HallNow:
        """What the manager's page shows now."""
        return self._ask("/api/hall", HallNow)

    def catalog(self) -> Catalog:
        """The catalogue in force."""
        return self._ask("/api/catalog", Catalog)

    def waits(self) -> Waits:
        """How long newcomers wait."""
        return self._ask("/api/waits", Waits)

    def accuracy(self) -> ForecastAccuracy:
        """How well waits were foretold in the last weeks."""
        return self._ask("/api/forecast/accuracy", ForecastAccuracy)

    def statistics(self, first: date, last: date, by: str, target: int | None = None) -> Statistics:
        """The figures from one day to another."""
        wanted = {"from": first, "to": last, "by": by} | ({} if target is None else {"target": target})
        return self._ask(f"/api/statistics?{urllib.parse.urlencode(wanted)}", Statistics)

    def check(self) -> JournalCheck:
        """Whether chain and tables agree."""
        return self._ask("/api/journal/check", JournalCheck)

    def journal(self, after: int = 0) -> Iterator[JournalEntry]:
        """Every entry after a place, each as it comes."""
        with self._answer(f"/api/journal?after={after}") as response:
            for line in _lines(response):
                yield JournalEntry.model_validate_json(line)

    def backups(self) -> BackupList:
        """Every backup of the server's first place."""
        return self._ask("/api/backups", BackupList)

    def back_up(self) -> BackupNow:
        """One more backup now."""
        return self._ask("/api/backups", BackupNow, "", seconds=_LONG)

    def drill(self) -> DrillNow:
        """The newest backup tried."""
        return self._ask("/api/backups/drill", DrillNow, "", seconds=_LONG)

    def import_bookings(self, raw: bytes, *, trial: bool = False, portal: str | None = None) -> Imported:
        """A file of appointments, taken whole, for a portal if one is named; of a trial only what it would bring."""
        query = urllib.parse.urlencode({"trial": trial} | ({"portal": portal} if portal else {}))
        return self._ask(f"/api/bookings/file?{query}", Imported, raw)

    def book(self, request: Book) -> BookingReply:
        """One appointment, for somebody at the help desk."""
        return self._ask("/api/bookings", BookingReply, request.model_dump_json())

    def slots(self, day: date | None = None) -> tuple[SlotNow, ...]:
        """The slots of a day as they stand, of today unless said."""
        return self._ask(f"/api/slots?day={day.isoformat()}" if day else "/api/slots", SlotList).slots

    def open_portal(self, name: str) -> PortalToken:
        """A token for a city's portal, told this once."""
        return self._ask("/api/portals", PortalToken, PortalName(name=name).model_dump_json())

    def close_portal(self, name: str) -> None:
        """Its token opens nothing any more."""
        self._text(f"/api/portals/{urllib.parse.quote(name, safe='')}", method="DELETE")

    def _ask(self, path: str, answer: type[M], body: str | bytes | None = None, *, seconds: float = _USUAL) -> M:
        return answer.model_validate_json(self._text(path, body, seconds))

    def _text(
        self, path: str, body: str | bytes | None = None, seconds: float = _USUAL, method: str | None = None
    ) -> str:
        with self._answer(path, body, seconds, method) as response:
            return response.read().decode()

    @contextmanager
    def _answer(
        self, path: str, body: str | bytes | None = None, seconds: float = _USUAL, method: str | None = None
    ) -> Iterator[HTTPResponse]:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self._session}"} if self._session else {}
        )
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own
            self.address + path, data=body.encode() if isinstance(body, str) else body, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310
                yield response
        except urllib.error.HTTPError as error:
            raise _refused(error.read()) from None
        except HTTPException:
            raise HallApiError(f"{self.address} 的回答没有说完就断了") from None
        except OSError as error:
            reason = getattr(error, "reason", error)  # urllib wraps what the system said
            said = system_words(reason) if isinstance(reason, OSError) else str(reason)
            raise HallApiError(f"连不上 {self.address}：{said}") from None


def _lines(response: HTTPResponse) -> Iterator[bytes]:
    """The lines of an answer; `readline` would take one that breaks off for one that is over."""
    rest = b""
    while block := response.read(_BLOCK):
        *lines, rest = (rest + block).split(b"\n")
        yield from lines


def signed_in(address: str, staff: str) -> HallApi:
    """A session of whoever sits at the terminal; the address is looked at before the PIN is asked for.

    Raises:
        AddressError: If it is none.
        NoPinError: As `ask_pin`.
        HallApiError: If the server is not there or refuses.
    """
    address = with_scheme(address)
    return HallApi(address, staff, ask_pin(staff))


def _refused(problem: bytes) -> HallApiError:
    try:
        told = json.loads(problem)
        return HallApiError(str(told["message"]), advice=told.get("advice") or None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return HallApiError("服务器没有说明原因")
