"""A manager at a browser."""

from playwright.sync_api import Page

from tests.support.served_hall import MANAGER, PIN, ServedHall

OVERFLOW = """() => [...document.querySelectorAll(".shell *")].filter((e) => {
  if (!e.checkVisibility() || e.closest("svg")) return false;
  const box = e.getBoundingClientRect();
  return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map((e) => e.className + " " + e.textContent.slice(0, 30))"""
"""What runs over the screen; empty when all is in its place."""


def sign_in(page: Page, hall: ServedHall, pin: str = PIN, staff: str = MANAGER) -> None:
    """Fill in the form of the manager's page."""
    page.goto(f"{hall.address}/manage")
    page.get_by_label("工号").fill(staff)
    page.get_by_label("口令").fill(pin)
    page.get_by_role("button", name="登录").click()
