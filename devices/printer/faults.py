"""Every trouble of a printer that its twin can have, by name: which acts bring it about."""

from collections.abc import Mapping
from typing import Any

from devices.errors import ActRefused
from devices.simulation import FaultAct, Faults

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

_WORDS = {
    "cover": "上盖打开",
    "near_end": "纸快用完",
    "paper_end": "缺纸",
    "paper_end_mid": "打到一半缺纸",
    "paper_end_after": "打完一张后缺纸",
    "offline": "脱机",
    "feed_button": "走纸键按着",
    "cutter": "切刀卡住",
    "hot": "打印头过热",
    "broken": "不可恢复的故障",
    "silent": "不回答",
    "slow": "慢 20 秒",
    "lies": "缺纸却说正常",
    "cut_connection": "打到一半断开连接",
    "unplug": "拔掉插头",
}

NAMED: Faults = {
    name: FaultAct(_WORDS[name], *steps[0]) if len(steps) == 1 else FaultAct(_WORDS[name], "fault", {"kind": name})
    for name, steps in FAULTS.items()
}
"""The same for the command line of the twin and for buttons."""

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
