// The hall's own clock, from the server's time; the television's may be wrong, and may jump.

const DAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
const TICK_MS = 1_000;
const offsetMs = Number(document.body.dataset.offsetMinutes) * 60_000;
const two = (value) => String(value).padStart(2, "0");
let serverAheadMs = Date.now() - performance.now(); // until the server has spoken

/** A moment (µs UTC) as the hall's clock shows it. */
export function timeOf(us) {
  const local = new Date(us / 1000 + offsetMs);
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/** Sets the clock by the moment (µs UTC) the server just told; `performance.now` does not jump with the clock. */
export function setClock(us) {
  serverAheadMs = us / 1000 - performance.now();
  draw();
}

function draw() {
  const ms = performance.now() + serverAheadMs;
  const local = new Date(ms + offsetMs);
  document.getElementById("clock").textContent = timeOf(ms * 1000);
  const day = document.getElementById("day");
  if (day) day.textContent = `${local.getUTCMonth() + 1} 月 ${local.getUTCDate()} 日　${DAYS[local.getUTCDay()]}`;
}

draw();
setInterval(draw, TICK_MS);
