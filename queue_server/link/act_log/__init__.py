"""A window's durable memory of its own acts."""

from queue_server.link.act_log.log import ActLog, EnteredCall

__all__ = ["ActLog", "EnteredCall"]
