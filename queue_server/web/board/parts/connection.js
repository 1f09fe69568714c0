// The live line to the server: comes back by itself, and says when what is shown is no longer fresh.

const SILENCE_MS = 12_000; // the server speaks at least every 5 s
const PATIENCE_MS = 2_000; // a quick reconnect is not worth a banner
const WAITS_MS = [300, 1_000, 2_000, 3_000]; // half as much again at most: back within 5 s of the server

export class Connection {
  #path;
  #onBoard;
  #onStale;
  #socket = null;
  #failures = 0;
  #silence = 0;
  #banner = 0;

  constructor(path, onBoard, onStale) {
    this.#path = path;
    this.#onBoard = onBoard;
    this.#onStale = onStale;
    this.#open();
    addEventListener("online", () => this.#lost());
  }

  #open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.#path}`);
    this.#socket = socket;
    socket.onmessage = (message) => {
      if (socket !== this.#socket) return;
      this.#failures = 0;
      this.#heard();
      this.#onBoard(JSON.parse(message.data));
    };
    socket.onclose = () => { if (socket === this.#socket) this.#lost(); };
    this.#listen();
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #heard() {
    this.#listen();
    clearTimeout(this.#banner);
    this.#banner = 0;
    this.#onStale(false);
  }

  #lost() {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#silence);
    socket?.close();
    if (!this.#banner) this.#banner = setTimeout(() => this.#onStale(true), PATIENCE_MS);
    const wait = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)];
    // Spread over boards, so that two hundred of them do not come back in the same instant.
    setTimeout(() => { if (!this.#socket) this.#open(); }, wait * (1 + Math.random() / 2));
  }
}
