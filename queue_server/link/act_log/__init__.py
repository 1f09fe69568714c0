"""A window's durable memory of its own acts."""

from queue_server.link.act_log.log import ActLog, HandCall

__all__ = ["ActLog", "HandCall"]
