"""The ledger's tables for queries; they belong to no connection, each query names its own.

Typed `Any`: peewee makes the columns attributes when the table is declared.
"""

from typing import Any

from peewee import Table

DEVICE: Any = Table(
    "device",
    (
        "one",
        "incarnation",
        "device",
        "lane",
        "session_no",
        "last_seq",
        "highwater",
        "acked",
        "server_epoch",
        "hall_id",
        "feed_seq",
        "last_day",
        "plan",
        "plan_suspended",
        "lane_floor",
        "catalog_version",
        "catalog",
        "home",
        "replaces",
        "next_plan",
        "contact_us",
        "before",
        "plan_rests",
        "marked",
        "put_back",
        "refused",
    ),
)
TICKET: Any = Table("ticket", ("id", "own", "day", "prefix", "lane", "n", "group_id", "live", "body", "heard"))
HOLDER: Any = Table("holder", ("ticket", "token", "masked_name"))
FACT: Any = Table("fact", ("lane_seq", "event_id", "body", "wall_us", "mono_us", "boot_id", "acked_us"))
BOOKING: Any = Table("booking", ("id", "number", "day", "token", "ticket", "body"))
SLOT_CHANGE: Any = Table("slot_change", ("day", "group_id", "start", "capacity"))
HIGH: Any = Table("high", ("day", "prefix", "form", "n"))
SENT_BACK: Any = Table("sent_back", ("ticket", "day", "service", "group_id", "used"))
SYSTEM_FAULT: Any = Table("system_fault", ("group_id",))
PRINT_JOB: Any = Table("print_job", ("id", "ticket", "copy_no", "state", "slip", "wall_us"))
