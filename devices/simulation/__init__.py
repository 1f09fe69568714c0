"""Twins of devices as processes of their own: the real protocol on one side, a control port on the other."""

from devices.simulation.control import Control
from devices.simulation.faults import FaultAct, Faults
from devices.simulation.process import TwinProcess
from devices.simulation.serial_line import SerialLine
from devices.simulation.serial_twin import SerialTwin
from devices.simulation.serving import serve
from devices.simulation.simulator import Acts, Simulator

__all__ = ["Acts", "Control", "FaultAct", "Faults", "SerialLine", "SerialTwin", "Simulator", "TwinProcess", "serve"]
