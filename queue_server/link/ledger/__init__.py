"""The one durable file of a device: tickets, facts, counters, print jobs, the catalogue, and what the feed told."""

from queue_server.link.ledger.bookings import KnownBooking
from queue_server.link.ledger.ledger import Ledger
from queue_server.link.ledger.numbers import TrustedDay, trusted_day
from queue_server.link.ledger.print_jobs import JobState, PrintJob
from queue_server.link.ledger.put_back import UNTIL_HEARD
from queue_server.link.ledger.sent_back import SentBack
from queue_server.link.ledger.set_aside import Aside, set_aside
from queue_server.link.ledger.standing import Standing, look, retire
from queue_server.link.ledger.state import DeviceState
from queue_server.link.ledger.transaction import Transaction

__all__ = [
    "UNTIL_HEARD",
    "Aside",
    "DeviceState",
    "JobState",
    "KnownBooking",
    "Ledger",
    "PrintJob",
    "SentBack",
    "Standing",
    "Transaction",
    "TrustedDay",
    "look",
    "retire",
    "set_aside",
    "trusted_day",
]
