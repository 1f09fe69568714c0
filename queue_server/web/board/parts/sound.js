// Speaks the calls one after another. Browsers stay silent until a first tap; then the button goes away.

const BEHIND = 2; // so many calls wait for the loudspeaker: from then on each is said once, without chime
const FETCH_MS = 20_000;
const FETCHES = 4; // a server that was killed is back in some seconds, and its citizens still wait for the call
const AGAIN_MS = 2_000;
const SLACK_MS = 3_000; // longer than a sound takes it is not waited for
const KEPT = 16; // sounds just heard, for they are said twice

export class Sound {
  #context = new AudioContext();
  #loudness = this.#context.createGain();
  #button;
  #queue = [];
  #speaking = false;
  #sounds = new Map();

  constructor(button) {
    this.#button = button;
    this.#loudness.connect(this.#context.destination);
    button.addEventListener("click", () => this.#context.resume());
    this.#context.addEventListener("statechange", () => this.#show());
    this.#show();
  }

  /** How loud calls are here now, in hundredths; 0 in quiet hours. */
  set volume(hundredths) {
    this.#loudness.gain.value = hundredths / 100;
  }

  #show() {
    this.#button.hidden = this.#context.state === "running";
    document.body.classList.toggle("asks-for-sound", !this.#button.hidden);
  }

  /** Queues these calls; while the sound is off or it is quiet they pass unheard, for a late call misleads. */
  say(calls) {
    if (this.#context.state !== "running" || !this.#loudness.gain.value) return;
    this.#queue.push(...calls.filter((call) => call.voice));
    if (!this.#speaking) this.#speak();
  }

  async #speak() {
    this.#speaking = true;
    while (this.#queue.length) {
      const behind = this.#queue.length > BEHIND;
      const call = this.#queue.shift();
      for (const address of behind ? [call.voice] : call.says) {
        try {
          await this.#play(address);
        } catch (error) {
          console.warn("voice.silent", address, error);
        }
      }
    }
    this.#speaking = false;
  }

  async #play(address) {
    const source = this.#context.createBufferSource();
    source.buffer = await this.#sound(address);
    source.connect(this.#loudness);
    const ended = new Promise((resolve) => {
      source.onended = resolve;
      setTimeout(resolve, source.buffer.duration * 1000 + SLACK_MS); // a loudspeaker unplugged must not hold up the rest
    });
    source.start();
    this.#tell("started", address);
    await ended;
    source.disconnect();
    this.#tell("ended", address);
  }

  /** For whoever looks after the board: what is heard, and when it was over. */
  #tell(what, address) {
    document.body.dataset.spoken = address;
    document.dispatchEvent(new CustomEvent("voice", { detail: { what, address } }));
  }

  async #sound(address) {
    const known = this.#sounds.get(address);
    if (known) return known;
    const decoded = await this.#context.decodeAudioData(await fetched(address));
    this.#sounds.set(address, decoded);
    if (this.#sounds.size > KEPT) this.#sounds.delete(this.#sounds.keys().next().value);
    return decoded;
  }
}

/** The bytes of a sound. A server that does not answer, or was only just started, is asked again. */
async function fetched(address) {
  for (let left = FETCHES - 1; ; left--) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(FETCH_MS) });
      if (answer.ok) return await answer.arrayBuffer();
      if (answer.status !== 404) left = 0; // it has no voice, and says so
      throw new Error(`status ${answer.status}`);
    } catch (error) {
      if (left <= 0) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
