"""The hall's durable memory: the chained journal and the tables computed from it."""

from queue_server.store.check import check, rebuild, verify
from queue_server.store.errors import StoreError
from queue_server.store.reader import Reader
from queue_server.store.store import Store
from queue_server.store.transaction import Transaction

__all__ = ["Reader", "Store", "StoreError", "Transaction", "check", "rebuild", "verify"]
