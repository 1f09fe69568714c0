"""What screens show, composed from one consistent picture of the hall."""

from queue_server.operations.views.board import board
from queue_server.operations.views.desk import desk, rating_page
from queue_server.operations.views.door import door
from queue_server.operations.views.hall_now import day_figures, hall_now
from queue_server.operations.views.live import Live, look
from queue_server.operations.views.overtakers import overtakers
from queue_server.operations.views.phone import phone
from queue_server.operations.views.waits import waits

__all__ = [
    "Live", "board", "day_figures", "desk", "door", "hall_now", "look", "overtakers", "phone", "rating_page", "waits",
]  # fmt: skip
