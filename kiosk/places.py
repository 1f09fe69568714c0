"""What a number was taken for, and where that is served: its windows in as few signs as possible."""

from hall.catalog import Catalog, Service, ServiceGroup
from kiosk.issued import Issued


def service_of(issued: Issued, catalog: Catalog) -> Service | None:
    """What a number was taken for; None when it is known from another kiosk's slip alone, or is offered no more."""
    return next((service for service in catalog.services if service.id == issued.service), None)


def group_of(issued: Issued, catalog: Catalog) -> ServiceGroup | None:
    """The group a number was taken for; None when a catalogue published since then has it no more."""
    return next((group for group in catalog.groups if group.id == issued.group), None)


def windows_of(catalog: Catalog, group_id: str, dash: str = "-", comma: str = "、") -> str:
    """The numbers of the windows whose own work the group is: `3-5、8`; empty if there is none.

    Windows elsewhere in the hall are left out while there are some at the group's own place: one place, one walk.
    """
    serving = [window for window in catalog.windows if group_id in window.groups]
    place = next((group.place for group in catalog.groups if group.id == group_id), "")
    near = [window for window in serving if window.place == place]
    numbers = sorted(window.number for window in near or serving)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return comma.join(f"{run[0]}" if len(run) == 1 else f"{run[0]}{dash}{run[-1]}" for run in runs)
