// The live line to the server: comes back by itself, and says when what is shown is no longer fresh.

const SILENCE_MS = 12_000; // the server speaks at least every 5 s
const PATIENCE_MS = 2_000; // a quick reconnect is not worth a banner
const WAITS_MS = [300, 1_000, 2_000, 3_000]; // half as much again at most: back within 5 s of the server

export class Connection {
  #path;
  #onBoard;
  #onStale;
  #onBack;
  #wasAway = false;
  #socket = null;
  #failures = 0;
  #silence = 0;
  #banner = 0;

  /** `onBoard(board)` gets every board, `onStale(stale)` whether it is old, `onBack()` is told of each return. */
  constructor(path, onBoard, onStale, onBack) {
    this.#path = path;
    this.#onBoard = onBoard;
    this.#onStale = onStale;
    this.#onBack = onBack;
    this.#open();
    addEventListener("online", () => this.#lost());
  }

  #open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.#path}`);
    this.#socket = socket;
    socket.onmessage = (message) => {
      if (socket !== this.#socket) return;
      this.#onBoard(JSON.parse(message.data));
      this.#heard(); // not before: a board that cannot be drawn is no news, and the banner comes
    };
    socket.onclose = () => { if (socket === this.#socket) this.#lost(); };
    this.#listen();
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #heard() {
    this.#failures = 0;
    if (this.#wasAway) this.#onBack();
    this.#wasAway = false;
    this.#listen();
    clearTimeout(this.#banner);
    this.#banner = 0;
    this.#onStale(false);
  }

  #lost() {
    const socket = this.#socket;
    this.#socket = null;
    this.#wasAway = true;
    clearTimeout(this.#silence);
    socket?.close();
    if (!this.#banner) this.#banner = setTimeout(() => this.#onStale(true), PATIENCE_MS);
    const wait = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)];
    // Spread over boards, so that two hundred of them do not come back in the same instant.
    setTimeout(() => { if (!this.#socket) this.#open(); }, wait * (1 + Math.random() / 2));
  }
}
