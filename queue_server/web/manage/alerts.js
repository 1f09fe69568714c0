// An alert sounds once in a browser: a browser remembers what it has sounded for, also over a reload. No browser lets
// a page sound before it was touched: until then a line says so, and what rings meanwhile sounds at the first touch.
(() => {
  const HEARD = "onewindow-alerts-heard";
  const KEPT = 200; // older ones are long over
  let sound = null;

  function heard() {
    try { return JSON.parse(localStorage.getItem(HEARD) || "[]"); } catch { return []; }
  }

  function chime() {
    for (const [place, pitch] of [784, 988].entries()) {
      const begins = sound.currentTime + place * 0.22;
      const tone = new OscillatorNode(sound, { frequency: pitch });
      const level = new GainNode(sound, { gain: 0 });
      level.gain.setValueAtTime(0.25, begins);
      level.gain.exponentialRampToValueAtTime(0.001, begins + 0.5);
      tone.connect(level).connect(sound.destination);
      tone.start(begins);
      tone.stop(begins + 0.5);
    }
  }

  function look() {
    const alarms = document.querySelector(".alarms");
    if (!alarms) return;
    const rings = (alarms.dataset.rings || "").split(" ").filter(Boolean);
    const known = heard();
    const fresh = rings.filter((ring) => !known.includes(ring));
    document.documentElement.classList.toggle("is-silent", !sound && fresh.length > 0);
    if (!sound || !fresh.length) return;
    localStorage.setItem(HEARD, JSON.stringify([...known, ...fresh].slice(-KEPT)));
    alarms.dataset.sounded = String(Number(alarms.dataset.sounded || 0) + 1);
    chime();
  }

  function touched() {
    if (!sound) sound = new AudioContext();
    sound.resume();
    look();
  }

  addEventListener("click", touched); // not earlier: the line goes, and what was pressed must not move under the finger
  addEventListener("keydown", touched);
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["data-rings"] });
})();
