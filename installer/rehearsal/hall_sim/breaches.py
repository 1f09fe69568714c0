"""The list of mutants: what a tired programmer might write one day. The oracle must catch each (see `mutants`)."""

# ruff: noqa: E501 - a table of texts

from installer.rehearsal.hall_sim.mutants import Edit, Mutant, Setting

_SYNC = "queue_server.operations.sync:"
_LEDGER = "queue_server.link.ledger."
_RAISE_HIGH = Edit(_LEDGER + "numbers:raise_high", "_RAISE.run(", "high(database, day, prefix, form) or _RAISE.run(")

MUTANTS = (
    # numbers
    Mutant("recycled_number", (_RAISE_HIGH,)),
    Mutant(
        "dropped_unique",
        (
            _RAISE_HIGH,
            Edit(
                _LEDGER + "database:prepare",
                "_climb(database, path)",
                '_climb(database, path); database.execute_sql("DROP INDEX IF EXISTS ticket_number")',
            ),
        ),
    ),
    Mutant("plan_after_its_days", (Edit("hall.numbering:NumberPlan.valid_on", "return self.first_day <= day", "return True or day"),)),
    Mutant("residue_ignored", (Edit("hall.numbering:next_in_plan", "return first + (plan.residue - first) % plan.modulus", "return first"),)),
    Mutant("day_turns_back", (Edit(_LEDGER + "numbers:trusted_day", "return TrustedDay(last_day, suspect=True)", "return TrustedDay(wall_day, suspect=True)"),)),
    Mutant("watermark_ignored", (Edit(_LEDGER + "watermark:Watermark.lost_until", "return known if", "return 0 if"),), ("ledger_set_back",), hint=131),
    Mutant("reimaged_keeps_lane", (Edit("queue_server.operations.lanes:lane_of", "transaction.lane_of(request.incarnation)", "next((each for each in transaction.every(Lane) if each.device == request.device), None)"),), ("kiosk_reimaged",)),
    # durability
    Mutant("ledger_not_synced", (Setting(_LEDGER + "database:SETTINGS", "synchronous", 1),), ("kiosk_power_loss",)),
    Mutant("server_not_synced", (Setting("queue_server.store.connections:SETTINGS", "synchronous", 1),), ("server_power_loss",)),
    Mutant(
        "shown_before_commit",
        (
            Edit(
                _LEDGER + "database:writing",
                'with reading(), database.atomic("IMMEDIATE"):\n        yield',
                'if database.connection().in_transaction:\n        database.commit()\n    database.begin("IMMEDIATE")\n    yield',
            ),
        ),
    ),
    Mutant("job_resent_blindly", (Edit("kiosk.doubts:copy_of", "with ledger.transaction() as step:", "for known in ledger.jobs(JobState.UNKNOWN):\n        return known\n    with ledger.transaction() as step:"),), ("kill_kiosk", "kill_kiosk_at_commit", "kill_kiosk_at_send")),
    # facts on their way
    Mutant("believes_what_it_sent", (Edit("queue_server.link.conversation:Conversation.next_request", "self._plan_waits = False", "state and facts and self._ledger.apply_pushed(Pushed(highwater=facts[-1].fact.lane_seq, plan=state.plan, next_plan=state.next_plan))\n    self._plan_waits = False"),)),
    Mutant("gap_acknowledged", (Edit("queue_server.store.present:_advance_lane", "highwater=fact.lane_seq,", "highwater=fact.lane_seq + 1,"),)),
    Mutant("event_applied_twice", (Edit(_SYNC + "_take", "if fact.lane_seq <= lane.highwater and known == (fact.lane, fact.lane_seq):", "if False:"), Edit(_SYNC + "_take", "if fact.lane_seq <= lane.highwater or known is not None:", "if False:")), ("flood", "bad_network")),
    Mutant("deleted_after_ack", (Edit(_LEDGER + "welcome:apply_pushed", "outbox.note_acked(", "outbox.FACT.delete().where(outbox.FACT.lane_seq <= pushed.highwater).execute(database)\n    outbox.note_acked("),)),
    Mutant("unsent_deleted", (Edit(_LEDGER + "outbox:forget_acked", "_FORGET.run(database, min(state.acked, state.highwater), before_us)", 'database.execute_sql("DELETE FROM fact WHERE wall_us < ?", (before_us,))'),), ("week_passes", "clock_1970", "clock_years")),
    Mutant("gap_left_open", (Edit(_LEDGER + "outbox:close_gap", "if place != old:", "if False:"),), ("ledger_set_back",), hint=426),
    Mutant("session_not_fenced", (Edit(_SYNC + "_standing", "or standing.session_no != session.session_no", ""), Edit("queue_server.operations.lanes:stand", "transaction.end_lane_sessions(lane.lane)", "pass")), ("flood", "bad_network")),
    Mutant("feed_not_read_again", (Edit(_LEDGER + "welcome:reread_feed", "tickets.forget_heard(database)", "return"),), ("server_restored",)),
    Mutant("copy_not_noticed", (Edit(_LEDGER + "renewal:settle_in", "not state.home.may_be(here)", "False"), Edit(_LEDGER + "renewal:reason_to_renew", "if welcome.renew:", "if False:")), ("ledger_copied",), hint=137),
    # time and order
    Mutant("wall_clock_believed", (Edit("queue_server.operations.times:resolve", "at, quality = received_at - age, TimeQuality.EXACT", "at, quality = fact.wall_us, TimeQuality.EXACT"),)),
    Mutant("not_clamped", (Edit("queue_server.operations.times:resolve", "within = min(max(at, lane.last_at, 0), received_at)", "within = max(at, 0)"),)),
    Mutant("order_by_number", (Edit("hall.calling:order_key", "return (ticket.effective_at + penalty_us,", "return (ticket.n,"),)),
    Mutant("penalty_ignored", (Edit("hall.window:Window.penalty_us", "round(minutes * MINUTE_US)", "0"),)),
    Mutant("late_fact_disturbs", (Edit("queue_server.operations.merging:merge", "if body.offline:", "for called in [each for each in transaction.live_tickets() if each.state == 'called']:\n        transaction.record(__import__('hall.facts', fromlist='x').TicketReturned(ticket=called.id, effective_at=called.effective_at, after=called.state), moment)\n    if body.offline:"), )),
    # commands
    Mutant("no_stored_answer", (Edit("queue_server.operations.commands:carry_out", "answer = transaction.get(Answer, command.request_id)", "answer = None"),)),
    Mutant("busy_window_calls", (Edit("queue_server.operations.scene:Scene.cannot_call", "return Refusal.WINDOW_BUSY", "return None"),)),
    Mutant("state_not_checked", (Edit("queue_server.operations.scene:Scene.here", "return ticket if ticket.state in states else Refusal.WRONG_STATE", "return ticket"),)),
    Mutant("undo_after_next_act", (Edit("queue_server.operations.undo:undoable", "acts[-1].seq == entry.seq", "True"),), hint=390),
    Mutant("undo_for_ever", (Edit("queue_server.operations.undo:undoable", "now_us - answer.at >= UNDO_US", "False"),)),
    # acts that came later
    Mutant("renewed_twice", (Edit("queue_server.operations.system_fault:renewed", "if honoured is not None:", "if False:"),), hint=37),
    Mutant("fault_leaves_those_waiting", (Edit("queue_server.operations.system_fault:end_those_waiting", "if down or ended else ()", "if False else ()"),)),
    Mutant("calls_unasked", (Edit("queue_server.operations.auto_call:call_by_itself", "if status.auto_call]", "]"), Edit("queue_server.operations.auto_call:calls_at", "status.auto_call and", ""))),
    Mutant("plan_not_in_force", (Edit("hall.window:Window.under", "return self.model_copy(", "return self or self.model_copy("),)),
    Mutant("nobody_waits_he_says", (Edit("queue_server.operations.acts:call_next", "if choice is None else", "if choice is None or choice.penalty_us else"),)),
    Mutant("note_written_down", (Edit("queue_server.operations.commands:_first_time", "as_kept(command)", "command"),)),
    # people and recovery
    Mutant("holder_left", (Edit("queue_server.operations.tick:tick", "transaction.forget_holders(ended_before=moment.wall_us - UNDO_US)", "pass"),)),
    Mutant("holder_left_on_kiosk", (Edit(_LEDGER + "tickets:replace", "if not ticket.live:", "if False:"),)),
    Mutant("forgotten_not_uncertain", (Edit("queue_server.operations.recovery:begin", "if Flag.UNCERTAIN not in ticket.flags:", "if False:"),), ("server_restored", "server_file_damaged")),
    # paper and pens
    Mutant("withdrawn_and_carried_out", (Edit("queue_server.operations.withdrawal:withdraw", "transaction.put(answer)", "pass"),), hint=159),
    Mutant("slip_adopted_anew", (Edit("queue_server.operations.adopting:adopt", "if known is not None:", "if False:"), Edit("queue_server.operations.adopting:adopt", "if transaction.is_taken(code.ticket, code.day, code.prefix, code.lane, code.n):", "if False:"))),
    Mutant("note_by_hand_forgotten", (Edit("queue_server.operations.merging:merge", "join(transaction, moment, body.ticket)", "pass"),), hint=50),
    Mutant("over_and_served_by_hand", (Edit("queue_server.operations.by_hand:_cannot_enter", "if ticket.state in _OVER:", "if False:"),)),
    Mutant("uncertain_called", (Edit("hall.ticket:Ticket.in_order", "and Flag.UNCERTAIN not in self.flags", ""),), ("server_restored",)),
)  # fmt: skip
