"""Which words a language must have. A missing one is a type error, so no screen ever shows a key instead of a word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from hall.mending import HandOutcome
from hall.rating import Level
from hall.ticket import Flag, ServiceOutcome, TicketClass
from hall.waiting import Wait
from hall.window import WindowState
from hall.wire.replies import Refusal
from window_client.desk.situation import Act, Connection, Listing
from window_client.i18n.pad_phrases import PadPhrases


@dataclass(frozen=True, slots=True)
class Phrases:
    """All words of one language; `{…}` are places for figures and numbers."""

    # What somebody does, what is being done, what was done, and why it was not.
    acts: Mapping[Act, str]
    doing: Mapping[Act, str]
    done: Mapping[Act, str]
    refusals: Mapping[Refusal, str]

    states: Mapping[WindowState, str]
    connections: Mapping[Connection, str]
    classes: Mapping[TicketClass, str]
    flags: Mapping[Flag, str]
    levels: Mapping[Level, str]
    listings: Mapping[Listing, str]
    outcomes: Mapping[HandOutcome, str]
    weekdays: tuple[str, str, str, str, str, str, str]
    pause_reasons: tuple[tuple[str, int | None], ...]  # with the minutes it usually takes, if that can be said
    hold_reasons: tuple[tuple[str, int | None], ...]
    service_outcomes: Mapping[ServiceOutcome, str]
    pad: PadPhrases

    # The sign-in page.
    sign_in: str
    sign_in_help: str
    staff: str
    pin: str
    sign_in_busy: str
    last_list: str
    last_list_help: str
    set_back: str
    set_back_help: str
    session_lost: str
    went_wrong: str
    erase: str

    # The top of the desk.
    window: str
    clerk: str
    date: str
    offline: str
    offline_help: str

    # The citizen in front of the window.
    nobody: str
    next_is: str
    auto_on: str
    auto_soon: str
    people_waiting: str
    nobody_waiting: str
    not_known: str
    called_times: str
    may_be_missed: str
    usual_time: str
    service: str
    group: str
    waited: str
    taken: str
    called_for: str
    handed_on: str
    counted_from: str
    helped_after: str
    earlier_than: str
    just_before: str
    nobody_else: str
    called_by_name: str
    called_because: str
    comma: str
    will_rate: str
    served_today: str
    minutes: str
    short_minutes: str
    minute_or_less: str

    # The papers.
    papers: str
    papers_empty: str
    papers_received: str
    papers_none: str
    optional: str
    copies: str
    fee: str
    promise: str
    same_day: str
    days: str
    result: str
    guide: str
    conditions: str
    legal_basis: str
    steps: str
    place: str
    hours: str
    consult: str
    back: str

    # The lists.
    waiting_tab: str
    missed_tab: str
    held_tab: str
    uncertain_tab: str
    ordered_by: str
    spent: str
    pinned: str
    empty_waiting: str
    empty_missed: str
    empty_held: str
    empty_uncertain: str
    newcomers: str
    wait: Callable[[Wait], str]
    hall_waiting: str
    longest_wait: str
    windows_serving: str
    people: str
    of_windows: str

    # Choosers.
    transfer_title: str
    transfer_help: str
    transfer_note: str
    pause_title: str
    pause_help: str
    paused_until: str
    hold_title: str
    hold_help: str
    held_until: str
    overdue: str
    without_title: str
    without_help: str
    next_title: str
    next_help: str
    next_service_title: str
    next_service_help: str
    find_service: str
    fault: str
    fault_row: str
    fault_over: str
    fault_now: str
    fault_now_help: str
    fault_title: str
    fault_help: str
    fault_sure_title: str
    fault_sure_help: str
    fault_sure: str
    fault_end_title: str
    fault_end_help: str
    chosen_title: str
    chosen_help: str
    chosen_hint: str
    finish_title: str
    finish_help: str
    other_outcome: str
    about: str

    # Without the server: a slip shown, calls made by hand, the sheet for them.
    outage: str
    outage_help: str
    slip_title: str
    slip_help: str
    slip_hint: str
    slip_look: str
    slip_call: str
    slip_unknown: str
    slip_busy: str
    slip_paused: str
    slip_reason: str
    uncertain_reason: str
    hand_title: str
    hand_help: str
    hand_open: str
    hand_none_open: str
    hand_refused: str
    hand_count: str
    hand_empty: str
    hand_empty_help: str
    hand_number: str
    hand_called: str
    hand_ended: str
    hand_outcome: str
    hand_enter: str
    hand_keys: str
    hand_mend: str
    hand_waits: str
    hand_done: str
    hand_noted: str
    kept: str
    wrong_number: str
    wrong_time: str
    future_time: str
    ended_before: str
    sheet_title: str
    sheet_help: str
    sheet_save: str
    sheet_print: str
    sheet_open: str
    sheet_saved: str
    sheet_printed: str
    sheet_not_saved: str
    sheet_not_printed: str
    sheet_taken: str
    sheet_count: str
    sheet_order: str
    sheet_later: str
    sheet_afterwards: str
    sheet_headings: tuple[str, str, str, str, str, str, str, str]
    sheet_page: str

    # The citizen's own page.
    welcome: str
    welcome_help: str
    rate_question: str
    rate_help: str
    thanks: str
    thanks_help: str
    not_kept: str
    not_kept_help: str
    rating_away: str

    def plain(self) -> dict[str, object]:
        """The words without places, as pages read them: `words.papers`."""
        chosen = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {_camel(name): value for name, value in chosen if isinstance(value, str) and "{" not in value}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
