"""What happens to a visit: acts of the person, words of the devices, answers of the issuing thread, time."""

from dataclasses import dataclass

from hall.admission import NoNumber
from hall.identity import IdentityDocument
from kiosk.expected import Expected
from kiosk.issued import Issued
from kiosk.journey.visit import Paper


class Act:
    """Base of what a person does: any of them shows that somebody is still there."""


@dataclass(frozen=True, slots=True)
class ChooseGroup(Act):
    """A tile of the home page."""

    group: str


@dataclass(frozen=True, slots=True)
class ChooseService(Act):
    """A service, with the reason why no number of its group is given now, if there is one."""

    service: str
    group: str
    refusal: NoNumber | None = None


@dataclass(frozen=True, slots=True)
class OpenSearch(Act):
    """搜事项."""


@dataclass(frozen=True, slots=True)
class TypeKey(Act):
    """One key of the screen's own keyboard."""

    key: str


@dataclass(frozen=True, slots=True)
class EraseKey(Act):
    """删除, or everything with `all`."""

    all: bool = False


@dataclass(frozen=True, slots=True)
class TurnLeaf(Act):
    """Another page of a long list, counted from 0."""

    leaf: int


@dataclass(frozen=True, slots=True)
class TypeNumber(Act):
    """自己输入证件号码."""


@dataclass(frozen=True, slots=True)
class AcceptTyped(Act):
    """The typed number is complete."""


@dataclass(frozen=True, slots=True)
class GoWithout(Act):
    """先取号，到窗口再核对."""


@dataclass(frozen=True, slots=True)
class ChangeService(Act):
    """换一项: back to choosing, the document stays."""


@dataclass(frozen=True, slots=True)
class TogglePriority(Act):
    """The one button 优先, without a reason."""


@dataclass(frozen=True, slots=True)
class TakeNumber(Act):
    """取号."""


@dataclass(frozen=True, slots=True)
class Reprint(Act):
    """补打 the slip of the number shown."""


@dataclass(frozen=True, slots=True)
class OpenBefore(Act):
    """谁先于我, of the number shown."""


@dataclass(frozen=True, slots=True)
class SlipTaken(Act):
    """After a restart: 已取到."""


@dataclass(frozen=True, slots=True)
class PrintAgain(Act):
    """After a restart: 重打."""


@dataclass(frozen=True, slots=True)
class VoidNumber(Act):
    """After a restart: 作废."""


@dataclass(frozen=True, slots=True)
class GoBack(Act):
    """返回."""


@dataclass(frozen=True, slots=True)
class GoHome(Act):
    """首页, 好了, 我记住了."""


@dataclass(frozen=True, slots=True)
class Stay(Act):
    """还在, 多停一会儿."""


@dataclass(frozen=True, slots=True)
class ToggleLargePrint(Act):
    """长辈版 and back."""


@dataclass(frozen=True, slots=True)
class ToggleContrast(Act):
    """无障碍: high contrast and back."""


@dataclass(frozen=True, slots=True)
class ToggleEnglish(Act):
    """English and back."""


@dataclass(frozen=True, slots=True)
class AskHelp(Act):
    """找人帮忙."""


@dataclass(frozen=True, slots=True)
class CardRead(Act):
    """A card was laid and read.

    `entitled` if the age on it gives priority by the hall's rule; `expected` if its owner has an appointment.
    """

    document: IdentityDocument
    entitled: bool = False
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class PassportRead(Act):
    """A passport or permit was held before the camera and read; `entitled` as for a card."""

    document: IdentityDocument
    entitled: bool = False
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class CardUnreadable(Act):
    """A card lies there but could not be read."""


@dataclass(frozen=True, slots=True)
class CardLifted(Act):
    """The card was taken away."""


@dataclass(frozen=True, slots=True)
class SlipScanned(Act):
    """The code of a slip of this hall whose ticket is known here."""

    issued: Issued


@dataclass(frozen=True, slots=True)
class OpenAppointment(Act):
    """预约取号, from the home page."""


@dataclass(frozen=True, slots=True)
class AppointmentFound(Act):
    """What a scanned or typed number of an appointment means; None if nobody knows it.

    `too_many`: nobody looked, because numbers were tried too often in this minute.
    """

    expected: Expected | None
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class WalkIn(Act):
    """现场取号 for what was booked, with the reason why no number of its group is given now, if there is one."""

    refusal: NoNumber | None = None


@dataclass(frozen=True, slots=True)
class TakeAppointment(Act):
    """取号 for the appointment shown."""


@dataclass(frozen=True, slots=True)
class OtherMatter(Act):
    """办别的事: leave the appointment alone and choose, the document stays."""


@dataclass(frozen=True, slots=True)
class PapersBrought(Act):
    """补件: the slip of a visit that was sent back for papers, with why no number of its group is given now."""

    ticket: str
    service: str
    group: str
    refusal: NoNumber | None = None


@dataclass(frozen=True, slots=True)
class OtherScanned(Act):
    """A code that means nothing to this kiosk."""


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """The number is durable; `paper` says whether a slip will come."""

    issued: Issued
    paper: Paper = Paper.COMING


@dataclass(frozen=True, slots=True)
class NumberRefused:
    """No number by rule; `issued` is the ticket already held."""

    reason: NoNumber
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class IssuingFailed:
    """The world failed before anything was durable: disk full, file damaged."""


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """What became of a slip."""

    ticket: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Unsettled:
    """After a restart: slips of which nobody knows whether they came out."""

    issued: tuple[Issued, ...]


@dataclass(frozen=True, slots=True)
class AroundChanged:
    """Devices, server or catalogue came or went; None leaves a thing as it is."""

    configured: bool | None = None
    copied: bool | None = None
    online: bool | None = None
    unsent: int | None = None
    refused: str | None = None
    reader: bool | None = None
    printer: bool | None = None
    passports: bool | None = None


@dataclass(frozen=True, slots=True)
class HelpSent:
    """The call for a person has reached the server."""


@dataclass(frozen=True, slots=True)
class Timeout:
    """The patience of the page ended."""


Event = (
    Act | NumberGiven | NumberRefused | IssuingFailed | PaperChanged | Unsettled | AroundChanged | HelpSent | Timeout
)
