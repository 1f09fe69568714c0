"""Every trouble of a printer that its twin can have, by name: which acts bring it about."""

from collections.abc import Mapping
from typing import Any

from devices.errors import ActRefused

Steps = tuple[tuple[str, Mapping[str, Any]], ...]

SLOW_S = 20.0
_MID_SLIP = 240  # dots of paper left: the end comes under the first lines of a slip

FAULTS: Mapping[str, Steps] = {
    "cover": (("cover", {"state": "open"}),),
    "near_end": (("paper", {"state": "near_end"}),),
    "paper_end": (("paper", {"state": "out"}),),
    "paper_end_mid": (("roll", {"dots": _MID_SLIP}),),
    "paper_end_after": (("roll", {"slips": 1}),),
    "offline": (("offline", {"state": "on"}),),
    "feed_button": (("feed_button", {"state": "down"}),),
    "cutter": (("cutter", {"state": "jammed"}),),
    "hot": (("hot", {"state": "on"}),),
    "broken": (("broken", {"state": "on"}),),
    "silent": (("silent", {"state": "on"}),),
    "slow": (("slow", {"seconds": SLOW_S}),),
    "lies": (("lies", {"state": "on"}), ("paper", {"state": "out"})),
    "cut_connection": (("cut_connection", {"after_bytes": 2000}),),
    "unplug": (("unplug", {}),),
}

MENDED: Steps = (
    ("cover", {"state": "closed"}),
    ("offline", {"state": "off"}),
    ("feed_button", {"state": "up"}),
    ("cutter", {"state": "free"}),
    ("hot", {"state": "off"}),
    ("broken", {"state": "off"}),
    ("silent", {"state": "off"}),
    ("slow", {"seconds": 0}),
    ("paper", {"state": "ok"}),
    ("lies", {"state": "off"}),
    ("plug", {}),
)
"""What a person does until everything is well again."""


def steps_of(fault: str) -> Steps:
    """The acts of a fault.

    Raises:
        ActRefused: No such fault.
    """
    if fault not in FAULTS:
        raise ActRefused(f"没有故障 {fault}；可用的有：{'、'.join(FAULTS)}")
    return FAULTS[fault]
