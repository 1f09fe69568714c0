"""A manager's decisions on their way to the server: asked about where they are final, sent once, answered in words."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from hall.errors import OneWindowError
from hall.wire.commands import ManagerCommand
from hall.wire.replies import Refusal, Reply
from queue_server.web.manage.elements import box, button, say, text, tint
from queue_server.web.manage.tones import Tone

Do = Callable[[ManagerCommand], Awaitable[Reply]]
Make = Callable[[str, str], ManagerCommand]
"""A command from its request id and the note beside it."""

REFUSED = {
    Refusal.UNKNOWN_TICKET: "找不到这个号",
    Refusal.WRONG_STATE: "这个号已经有人处理过了，请看最新的名单",
    Refusal.ALREADY_OVER: "这个号已经办完或取消了",
    Refusal.NOT_ALLOWED: "这个登录不能做这件事，审计员只能看，要改请用管理人员的工号登录",
    Refusal.NO_RECOVERY: "已经没有在等的设备了",
    Refusal.UNKNOWN_GROUP: "没有这个业务类别，或者它不接受预约",
    Refusal.NO_SLOT: "那时没有可以改的时段：已经开始、是休息日、离今天太远，或者不是时段的开始",
    Refusal.PERSONAL_WORDS: "这里写的会一直留着，请不要写证件、电话等号码",
    Refusal.UNKNOWN_LANE: "没有这个机号",
    Refusal.UNKNOWN_PLAN: "没有这个潮汐方案，可能刚换了办事目录",
    Refusal.BAD_RULE: "规则里有对不上的地方，请照提示改正",
    Refusal.CHANGED_MEANWHILE: "别人先改了这一项，您填的还在，请看两边",
    Refusal.WINDOW_BUSY: "这个窗口正有人在办，等办完再撤",
    Refusal.BAD_ARRANGEMENT: "和别的设置对不上，请照提示改正",
    Refusal.NUMBERS_GIVEN: "已经有人为它取过号，或者约好了要来，留着才查得到；整类不办了请用「停办」",
    Refusal.PEOPLE_WAIT: "刚才又有人取了号，请再按一次保存",
}
_NOTE_LENGTH = 40


class Act:
    """One decision. Pressed twice it is the same request, so it is carried out once; refused, it may be tried anew.

    Args:
        make: The command.
        new_id: Gives request ids.
        done: What to say when it is carried out.
    """

    def __init__(self, make: Make, new_id: Callable[[], str], done: str) -> None:
        self._make = make
        self._new_id = new_id
        self.done = done
        self.under_way = False
        self._asked = ("", "")

    def command(self, note: str = "") -> ManagerCommand:
        """The command; the same for the same note until `renew`."""
        request_id, before = self._asked
        if not request_id or before != note:
            request_id = self._new_id()
            self._asked = (request_id, note)
        return self._make(request_id, note)

    def renew(self) -> None:
        """Next time it is another request."""
        self._asked = ("", "")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something final: what it means, what the button says, what may be noted."""

    title: str
    words: str
    yes: str
    no: str = "返回"
    note: str = ""


class Asking:
    """The dialog and the line that says what came of it; one of each on a page.

    Args:
        do: Sends a decision.
        new_id: Gives request ids.
        only_looks: Whether an auditor has the page open, whose decisions the server refuses.
    """

    def __init__(self, do: Do, new_id: Callable[[], str], *, only_looks: bool = False) -> None:
        self._client = ui.context.client
        self._do = do
        self.new_id = new_id
        self.only_looks = only_looks
        self._act: Act | None = None
        self._note = ""
        with ui.dialog() as self._dialog, box("div", "card ask").props('role="alertdialog"'):
            self._title = text("", "section-name", "h2")
            self._words = text("", "", "p")
            self._note_box = ui.element("label").classes("note")
            with box("div", "acts"):
                self._no = button("", self._dialog.close, "button plain")
                self._yes = button("", self._confirmed)
        with box("div", "said").props('role="status"') as self._bar:
            self._said = text("", "said-words")
            button("知道了", lambda: self._bar.set_visibility(False), "link")
        self._bar.set_visibility(False)

    def button(self, words: str, on_press: Callable[[], Any], classes: str = "button") -> ui.html:
        """Something to press that decides; an auditor does not get to see it (the server would refuse)."""
        return button(words, on_press, f"{classes} unseen" if self.only_looks else classes)

    def ask(self, question: Question, act: Act) -> None:
        """Ask before `act` is sent."""
        if self._told_to_look():
            return
        self._act, self._note = act, ""
        for element, words in (
            (self._title, question.title),
            (self._words, question.words),
            (self._yes, question.yes),
            (self._no, question.no),
        ):
            say(element, words)
        self._note_box.clear()  # an old note must not be taken for this one's
        if question.note:
            with self._note_box:
                text(question.note, "")
                field = ui.element("input").props(f'maxlength="{_NOTE_LENGTH}" autocomplete="off"')
                field.on("input", self._noted, js_handler="(event) => emit(event.target.value)")
        self._dialog.open()

    async def send(self, act: Act, note: str = "") -> Reply | None:
        """Send a decision and say what came of it; the answer, None if the server was not asked or not reached."""
        if act.under_way or self._told_to_look():
            return None
        act.under_way = True
        try:
            reply = await self._do(act.command(note))
        except OneWindowError as error:
            self.say(Tone.ALARM, f"没有办成：{error}。{error.advice}".rstrip("。") + "。可以再按一次")
            return None
        finally:
            act.under_way = False
        if reply.refusal is not None:
            act.renew()
            self.say(Tone.CAUTION, f"没有办：{REFUSED.get(reply.refusal, '现在不能这样做')}")
        elif reply.seq == 0:
            self.say(Tone.CAUTION, "已经有人处理过了")
        else:
            self.say(Tone.GOOD, act.done)
        return reply

    def say(self, tone: Tone, words: str) -> None:
        """Say what came of a decision, until it is taken note of or the next one; to nobody if the page is closed."""
        if self._client.is_deleted:
            return
        tint(self._bar, tone)
        say(self._said, words)
        self._bar.set_visibility(True)

    def _told_to_look(self) -> bool:
        if self.only_looks:
            self.say(Tone.CAUTION, "审计员只能看，不能改")
        return self.only_looks

    def _noted(self, event: object) -> None:
        note = getattr(event, "args", "")
        self._note = str(note).strip()[:_NOTE_LENGTH]

    async def _confirmed(self) -> None:
        self._dialog.close()
        if self._act is not None:
            await self.send(self._act, self._note)
