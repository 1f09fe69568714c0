"""The rule of calling as a form and back, and a preview in words. Pure: texts as a manager typed them."""

from dataclasses import dataclass, replace

from hall.catalog import Catalog
from hall.clock import MINUTE_US
from hall.errors import OneWindowError
from hall.head_start import KNOWN_ROWS, MOST_MINUTES, HeadStart
from hall.rule import Help, Rule, rule_of, troubles
from hall.ticket import TicketClass
from hall.wire.rule import ClassWaits, RulePreview, Waits

CLASSES = {
    TicketClass.ORDINARY: "普通",
    TicketClass.PRIORITY: "优先",
    TicketClass.APPOINTMENT: "预约",
    TicketClass.RETURNING: "补件",
}
_MOST_HELP = 240


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row of the table; a row that programs need cannot go."""

    id: str
    name: str
    name_en: str
    ticket_class: TicketClass
    minutes: str

    @property
    def needed(self) -> bool:
        """Whether the row must stay."""
        return self.id in KNOWN_ROWS


@dataclass(frozen=True, slots=True)
class HelpForm:
    """What a window needs before it helps with a group."""

    window: int
    group: str
    words: str
    minutes: str


@dataclass(frozen=True, slots=True)
class RuleForm:
    """Everything a manager may change, as texts."""

    rows: tuple[RowForm, ...]
    cap: str
    helps: tuple[HelpForm, ...]

    def with_row(self, row_id: str, **changes: str) -> "RuleForm":
        """Another name or other minutes in one row."""
        rows = tuple(replace(row, **changes) if row.id == row_id else row for row in self.rows)  # type: ignore[arg-type]
        return replace(self, rows=rows)

    def with_help(self, window: int, group: str, minutes: str) -> "RuleForm":
        """Another penalty."""
        helps = (replace(h, minutes=minutes) if (h.window, h.group) == (window, group) else h for h in self.helps)
        return replace(self, helps=tuple(helps))

    def with_one_more(self) -> "RuleForm":
        """A further priority row, to be filled in."""
        taken = {row.id for row in self.rows}
        row_id = next(name for n in range(1, 99) if (name := f"extra_{n}") not in taken)
        return replace(self, rows=(*self.rows, RowForm(row_id, "", "", TicketClass.PRIORITY, "")))

    def without(self, row_id: str) -> "RuleForm":
        """One of the hall's own rows goes."""
        return replace(self, rows=tuple(row for row in self.rows if row.id != row_id or row.needed))

    def read(self, catalog: Catalog) -> Rule | tuple[str, ...]:
        """The rule that is meant, or everything that is wrong with what was typed."""
        wrong = [_unfit(row.name or "新的一行", row.minutes, MOST_MINUTES) for row in self.rows]
        wrong += ["新的一行：请写名称" for row in self.rows if not row.name.strip()]
        wrong += [_unfit("上限", self.cap, MOST_MINUTES)]
        wrong += [_unfit(help_.words, help_.minutes, _MOST_HELP, least=1) for help_ in self.helps]
        if any(wrong):
            return tuple(words for words in wrong if words)
        rule = Rule(
            head_starts=tuple(
                HeadStart(
                    id=row.id,
                    name=row.name.strip(),
                    name_en=row.name_en.strip() or row.name.strip(),
                    ticket_class=row.ticket_class,
                    minutes=int(row.minutes),
                )
                for row in self.rows
            ),
            head_start_cap=int(self.cap),
            helps=tuple(Help(window=h.window, group=h.group, minutes=float(h.minutes)) for h in self.helps),
        )
        return tuple(troubles(catalog, rule)) or rule


def form_of(catalog: Catalog) -> RuleForm:
    """The rule in force, to be changed."""
    rule, names = rule_of(catalog), {group.id: group.name for group in catalog.groups}
    return RuleForm(
        tuple(RowForm(r.id, r.name, r.name_en, r.ticket_class, str(r.minutes)) for r in rule.head_starts),
        str(rule.head_start_cap),
        tuple(
            HelpForm(h.window, h.group, f"{h.window} 号窗口协办{names[h.group]}", f"{h.minutes:g}") for h in rule.helps
        ),
    )


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """What a preview says: a heading, the lines of the table, and what must be known to read it."""

    title: str
    lines: tuple[tuple[str, ...], ...]
    note: str


COLUMNS = ("", "号数", "先来先叫", "现在的规则", "改后的规则")


def in_words(preview: RulePreview) -> PreviewTable:
    """A preview as a table: mean wait, and what nine in ten waited at most."""
    if preview.day is None:
        return PreviewTable("还没有哪一天叫过号，没法预演", (), "办过一天以后再来看，现在也可以直接保存。")
    left = f"有 {preview.left} 个号按新规则当天排不上，不算在内。" if preview.left else ""
    return PreviewTable(
        f"按这张表，{preview.day.month} 月 {preview.day.day} 日会是",
        tuple(_line(each) for each in preview.classes),
        f"把那天重叫一遍：窗口还在那些时刻叫号，只换叫谁。不记录为什么优先，分钟相同的按最多的一行算。{left}",
    )


def not_tried(error: OneWindowError) -> PreviewTable:
    """What stands there when a rule could not be tried; it can still be saved."""
    return PreviewTable(str(error), (), error.advice)


def _line(each: ClassWaits) -> tuple[str, ...]:
    name = "全部" if each.ticket_class is None else CLASSES[each.ticket_class]
    return (name, str(each.tickets), *(_waits(waits) for waits in (each.fcfs, each.now, each.then)))


def _waits(waits: Waits) -> str:
    words = f"平均 {_minutes(waits.mean_us)} 分，九成 {_minutes(waits.p90_us)} 分内"
    return words.replace(" ", "\N{NO-BREAK SPACE}")  # a narrow cell breaks between the two alone


def _minutes(micros: int) -> str:
    return f"{micros / MINUTE_US:.0f}"


def _unfit(what: str, typed: str, most: int, least: int = 0) -> str:
    """Why a text is no number of minutes; empty if it is one."""
    text = typed.strip()
    whole = text.isascii() and (text.isdigit() or (least > 0 and text.replace(".", "", 1).isdigit()))
    if whole and least <= float(text) <= most:
        return ""
    return f"{what}：请写 {least} 到 {most} 的{'数' if least else '整数'}"
