// Which call stands in the big block, which in the list. Calls wait their turn: each is seen for at least 4 s.
// A screen that was away catches up by seq: whom it missed gets a turn too, once; a number called again its last one.

const SHOWN_MS = 4_000;
const TOO_LATE_US = 600_000_000; // of a citizen who is expected no more, ten minutes later nobody needs to know

export class Stage {
  #draw;
  #board = null;
  #newest; // seq of the newest call taken over from the server
  #turns = []; // seqs of calls not yet shown
  #current = 0;
  #fresh = false;
  #timer = 0;

  /**
   * `draw(current, fresh, listed, most)` paints: under the current call, null while nobody is called, so many others at
   * most. `newest` is the seq of the last call this screen showed before its page was loaded again, 0 for a screen just
   * switched on.
   */
  constructor(draw, newest = 0) {
    this.#draw = draw;
    this.#newest = newest;
  }

  get newest() {
    return this.#newest;
  }

  /** Takes a new board and returns the calls that are new to this screen and still expected, oldest first. */
  take(board) {
    const justOn = this.#board === null && this.#newest === 0;
    const setBack = board.seq < Math.max(this.#newest, this.#board?.seq ?? 0); // a server restored from its backup
    this.#board = board;
    if (justOn || setBack) {
      this.#newest = Math.max(setBack ? board.seq : 0, ...this.#all().map((call) => call.seq));
      this.#turns = [];
      this.#current = board.calls[0]?.seq ?? 0; // what was called before is shown quietly
      if (!this.#timer) this.#paint();
      return [];
    }
    const added = this.#all().filter((call) => call.seq > this.#newest && this.#matters(call)).sort((a, b) => a.seq - b.seq);
    this.#newest = Math.max(this.#newest, ...added.map((call) => call.seq));
    this.#turns.push(...added.map((call) => call.seq));
    if (!this.#timer) this.#advance();
    else this.#paint();
    return added.filter((call) => call.state === "called");
  }

  #all() {
    return [...this.#board.calls, ...this.#board.past];
  }

  #matters(call) {
    return call.state === "called" || this.#board.at - call.at < TOO_LATE_US;
  }

  #call(seq) {
    return this.#all().find((call) => call.seq === seq);
  }

  #advance() {
    this.#timer = 0;
    this.#fresh = false;
    while (this.#turns.length) {
      const seq = this.#turns.shift();
      if (!this.#call(seq)) continue; // taken back, or called again since
      this.#current = seq;
      this.#fresh = true;
      this.#timer = setTimeout(() => this.#advance(), SHOWN_MS);
      break;
    }
    this.#paint();
  }

  #paint() {
    const waiting = new Set(this.#turns);
    const shown = this.#board.calls.filter((call) => !waiting.has(call.seq));
    const mine = this.#timer ? this.#call(this.#current) : shown.find((call) => call.seq === this.#current);
    const current = mine ?? shown[0] ?? null;
    const fresh = this.#fresh && current?.seq === this.#current;
    const most = this.#board.layout.last_calls;
    this.#draw(current, fresh, shown.filter((call) => call !== current).slice(0, most), most);
  }
}
