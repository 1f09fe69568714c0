"""What a number was taken for, as the catalogue in force has it."""

from hall.catalog import Catalog, Service, ServiceGroup
from kiosk.issued import Issued


def service_of(issued: Issued, catalog: Catalog) -> Service | None:
    """What a number was taken for; None when it is known from another kiosk's slip alone, or is offered no more."""
    return next((service for service in catalog.services if service.id == issued.service), None)


def group_of(issued: Issued, catalog: Catalog) -> ServiceGroup | None:
    """The group a number was taken for; None when a catalogue published since then has it no more."""
    return next((group for group in catalog.groups if group.id == issued.group), None)
