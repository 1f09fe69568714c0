"""What QML may read and press: typed objects, read-only properties, changes through slots."""

from kiosk.viewmodels.hall_model import HallModel
from kiosk.viewmodels.journey_model import JourneyModel
from kiosk.viewmodels.ticket_model import TicketModel

__all__ = ["HallModel", "JourneyModel", "TicketModel"]
