// Speaks the calls one after another. Browsers stay silent until a first tap; then the button goes away.

export class Sound {
  #context = new AudioContext();
  #button;
  #queue = [];
  #speaking = false;

  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.#context.resume());
    this.#context.addEventListener("statechange", () => this.#show());
    this.#show();
  }

  #show() {
    this.#button.hidden = this.#context.state === "running";
    document.body.classList.toggle("asks-for-sound", !this.#button.hidden);
  }

  /** Queues the WAVs of these calls; while the sound is off they pass unheard, for a late call misleads. */
  say(calls) {
    if (this.#context.state !== "running") return;
    this.#queue.push(...calls.map((call) => call.voice).filter(Boolean));
    if (!this.#speaking) this.#speak();
  }

  async #speak() {
    this.#speaking = true;
    while (this.#queue.length) {
      const address = this.#queue.shift();
      try {
        await this.#play(address);
      } catch (error) {
        console.warn("voice.silent", address, error);
      }
    }
    this.#speaking = false;
  }

  async #play(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const source = this.#context.createBufferSource();
    source.buffer = await this.#context.decodeAudioData(await answer.arrayBuffer());
    source.connect(this.#context.destination);
    const ended = new Promise((resolve) => { source.onended = resolve; });
    source.start();
    document.body.dataset.spoken = address; // what was last spoken, for whoever tests the board
    await ended;
  }
}
