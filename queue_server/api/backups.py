"""Backups for the manager: what there is, one more now, a drill. Restoring needs a stopped server: not here."""

import asyncio

from fastapi import APIRouter, Request, Response

from hall.wire.backups import BackupList, BackupNow, DrillNow
from queue_server.api.bodies import answer
from queue_server.api.parts import parts_of
from queue_server.backup.place import Kept

router = APIRouter()


@router.get("/api/backups", response_model=BackupList)
async def kept(request: Request) -> Response:
    """Every backup of the first place, newest first."""
    backups = parts_of(request).backups
    found = await asyncio.to_thread(lambda: tuple(map(now_of, backups.kept())))
    return answer(BackupList(backups=found))


@router.post("/api/backups", response_model=BackupNow)
async def make(request: Request) -> Response:
    """One more backup now; the newest one, if nothing has changed since."""
    backups = parts_of(request).backups
    made = await asyncio.to_thread(lambda: backups.make(asked=True))
    return answer(now_of(Kept(made.path, made.path.stat().st_size, made.label)))


@router.post("/api/backups/drill", response_model=DrillNow)
async def drill(request: Request) -> Response:
    """Restore the newest backup aside, recompute everything, compare it with the hall."""
    drilled = await asyncio.to_thread(parts_of(request).backups.drill)
    return answer(DrillNow(name=drilled.name, entries=drilled.entries, faults=drilled.faults))


def now_of(kept: Kept) -> BackupNow:
    """A kept backup as it travels."""
    label = kept.label
    if label is None:
        return BackupNow(name=kept.path.name, bytes=kept.bytes, trouble=kept.trouble)
    return BackupNow(
        name=kept.path.name,
        bytes=kept.bytes,
        at=label.at,
        daily=label.daily,
        asked=label.asked,
        offset_minutes=label.offset_minutes,
        seq=label.seq,
    )
