"""What can go wrong with a device: one branch of the tree of hall.errors.

DeviceError                      a device of this house does not do its work; carries its code, retry and advice
├── DeviceMissing                no such port or address, or it vanished (cable pulled, process gone)
├── DeviceSilent                 the port is open, nobody answers in time
├── DeviceStuck                  its driver does not come back from a call; said by the supervisor, not raised
├── DeviceGarbled                an answer came, but it is not what the protocol allows
├── DeviceFault                  the device itself says that it is broken or may not be used
├── scanner.ocr_b.TypefaceError  no typeface to read passports by
└── printer.fonts.FontError      no font to draw what a printer's own type cannot say

InputError (hall.errors)
├── PictureError                 a file that was to be a picture and is none
├── ActRefused                   a simulator was asked for an act it does not know, or with wrong arguments
├── MistakesError (hall.errors)
│   └── printer.slip_file.SlipFileError  a slip file with mistakes, all told at once
└── printer.slip.SlipError       a slip that no printer can put on paper
"""

# ruff: noqa: N818 - a device error is named by what is wrong with the device

from hall.errors import InputError, Retry, WorldError


class DeviceError(WorldError):
    """A device does not do its work; the program stands and the supervisor keeps trying.

    Args:
        message: What happened, for the log: never personal data, never card bytes.
        code: A finer stable code than the class has, such as `printer.cover_open`.
        words: What is wrong in a few Chinese words, for the manager; the class has general ones.
        advice: What the person beside the device should do, in Chinese; the class has a general one.
    """

    code = "device.error"
    retry = Retry.LATER
    words = "设备不能用"
    advice = "请工作人员检查设备"

    def __init__(
        self, message: str, *, code: str | None = None, words: str | None = None, advice: str | None = None
    ) -> None:
        super().__init__(message, advice=advice)
        if code is not None:
            self.code = code
        if words is not None:
            self.words = words


class DeviceMissing(DeviceError):
    """There is no such port or address, or it went away while open."""

    code = "device.missing"
    words = "没有接上"
    advice = "请检查设备的电源和数据线是否插好"


class DeviceSilent(DeviceError):
    """The port is open but no answer came in time."""

    code = "device.silent"
    words = "没有应答"
    advice = "请检查设备电源，或将设备断电后重新接通"


class DeviceStuck(DeviceError):
    """A call to its driver has not come back for far longer than any honest one takes."""

    code = "device.stuck"
    words = "卡住了，没有反应"
    advice = "请将设备断电后重新接通，仍不行请重启本机"


class DeviceGarbled(DeviceError):
    """What came is not a right answer: noise on the line, a wrong baud rate, another kind of device."""

    code = "device.garbled"
    words = "应答不对"
    retry = Retry.NOW
    advice = "请检查数据线是否松动，以及设备设置是否正确"


class DeviceFault(DeviceError):
    """The device reports a fault of its own; it needs service."""

    code = "device.fault"
    words = "设备自己报告故障"
    retry = Retry.AFTER_MENDING
    advice = "设备故障，请联系维护人员"


class ActRefused(InputError):
    """A simulator does not know this act, or not with these arguments."""

    code = "device.act_refused"


class PictureError(InputError):
    """A file cannot be looked at: not there, or not a picture."""

    code = "device.picture"
