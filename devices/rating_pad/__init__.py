"""Satisfaction pads 评价器 with five keys: the promise."""

from devices.rating_pad.rating_pad import LevelPressed, RatingPad

__all__ = ["LevelPressed", "RatingPad"]
