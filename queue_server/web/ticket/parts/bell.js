// 响铃提醒: after a tap the phone rings, shakes and says so in its title when it is called; softly when it is nearly so.

const NOTES = { call: [880, 660, 880, 660, 880], near: [660, 880] }; // Hz
const NOTE_S = 0.35;
const AGAIN_MS = [0, 4000, 8000]; // a call rings three times
const Sound = window.AudioContext || window.webkitAudioContext;

export class Bell {
  constructor(button, note) {
    this.button = button;
    this.note = note;
    this.context = null;
    this.last = null; // what was heard last; null before the first word, which never rings
    this.possible = false;
    button.addEventListener("click", () => this.turnOn());
  }

  turnOn() {
    if (Sound && !this.context) this.context = new Sound();
    if (this.context) this.context.resume();
    this.button.classList.add("on");
    this.button.setAttribute("aria-pressed", "true");
    this.note.hidden = false;
    this.ring("near"); // so that one hears how it will sound
    document.body.dataset.bell = "on";
    this.keepAwake();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.keepAwake(); });
  }

  /** A word of the hall: `alert` is another one at each call; `possible` whether a call may still come. */
  heard(alert, possible) {
    this.button.hidden = !possible;
    this.note.hidden = !possible || !this.button.classList.contains("on");
    const before = this.last;
    this.last = alert;
    if (before === null || before === alert || !alert || !this.button.classList.contains("on")) return;
    const near = alert === "near";
    for (const wait of near ? [0] : AGAIN_MS) {
      setTimeout(() => { if (this.last === alert) this.ring(near ? "near" : "call"); }, wait);
    }
  }

  ring(kind) {
    document.body.dataset.rang = kind; // for whoever tests the page
    if (navigator.vibrate) navigator.vibrate(kind === "near" ? 200 : [400, 150, 400, 150, 400]);
    if (!this.context) return;
    NOTES[kind].forEach((hertz, place) => {
      const at = this.context.currentTime + place * NOTE_S;
      const tone = this.context.createOscillator();
      const loud = this.context.createGain();
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0.5, at);
      loud.gain.linearRampToValueAtTime(0.001, at + NOTE_S);
      tone.connect(loud);
      loud.connect(this.context.destination);
      tone.start(at);
      tone.stop(at + NOTE_S);
    });
  }

  /** Keeps the screen on where the phone allows it; elsewhere the note asks for it. */
  keepAwake() {
    if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => undefined);
  }
}
