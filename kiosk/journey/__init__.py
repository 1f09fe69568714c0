"""The visit as a pure state machine: no Qt, no clock, no input or output."""

from kiosk.journey.pages import STEPS, Page, Patience
from kiosk.journey.steps import step
from kiosk.journey.visit import Around, Help, Manner, Paper, Trouble, Visit, at_home

__all__ = ["STEPS", "Around", "Help", "Manner", "Page", "Paper", "Patience", "Trouble", "Visit", "at_home", "step"]
