// Which call stands in the big block, which in the list. Calls wait their turn: each is seen for at least 4 s.

const SHOWN_MS = 4_000;
const LISTED = 6;

export class Stage {
  #draw;
  #board = null;
  #newest = 0; // seq of the newest call taken over from the server
  #turns = []; // seqs of calls not yet shown
  #current = 0;
  #fresh = false;
  #timer = 0;

  /** `draw(current, fresh, listed)` paints; `current` is null while nobody is called. */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Takes a new board and returns the calls that are new to this screen, oldest first. */
  take(board) {
    const first = this.#board === null;
    this.#board = board;
    const added = board.calls.filter((call) => call.seq > this.#newest).sort((a, b) => a.seq - b.seq);
    this.#newest = Math.max(this.#newest, ...added.map((call) => call.seq));
    if (first) {
      this.#current = this.#newest; // what was called before this screen was switched on is shown quietly
      this.#paint();
      return [];
    }
    this.#turns.push(...added.map((call) => call.seq));
    if (!this.#timer) this.#advance();
    else this.#paint();
    return added;
  }

  #call(seq) {
    return this.#board.calls.find((call) => call.seq === seq);
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
    const shown = this.#board.calls.filter((call) => !this.#turns.includes(call.seq));
    const current = this.#call(this.#current) ?? shown[0] ?? null;
    const fresh = this.#fresh && current?.seq === this.#current;
    this.#draw(current, fresh, shown.filter((call) => call !== current).slice(0, LISTED));
  }
}
