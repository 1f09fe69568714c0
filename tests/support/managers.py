"""A manager at a browser."""

from playwright.sync_api import Page

from tests.support.served_hall import MANAGER, PIN, ServedHall


def sign_in(page: Page, hall: ServedHall, pin: str = PIN) -> None:
    """Fill in the form of the manager's page."""
    page.goto(f"{hall.address}/manage")
    page.get_by_label("工号").fill(MANAGER)
    page.get_by_label("口令").fill(pin)
    page.get_by_role("button", name="登录").click()
