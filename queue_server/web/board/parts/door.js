// The screen over a window. It shows a state, not events: whoever comes back late shows what is true now.

import { setClock, timeOf } from "/board/parts/clock.js";
import { Connection } from "/board/parts/connection.js";
import { renew } from "/board/parts/edition.js";
import { showStale } from "/board/parts/stale.js";

const WIDE = 100; // windows from here need a plate of three digits
const byId = (id) => document.getElementById(id);

const STATES = {
  calling: () => ["请进", ""],
  serving: () => ["正在办理", ""],
  idle: (door) => {
    if (door.ready.length) return ["空闲", "马上叫下一位"];
    return door.does.length ? ["空闲", "现在没有人在等"] : ["停办", "现在不取号，有事请问导办台"];
  },
  paused: (door) => ["暂停", door.back_at ? `预计 ${timeOf(door.back_at)} 回来` : "请稍候，或到别的窗口"],
  closed: () => ["没有开放", "请看叫号屏，到别的窗口"],
};

function put(place, next) {
  place.textContent = next.number;
  place.style.setProperty("--signs", next.number.length + (next.mark ? next.mark.length + 1 : 0));
  if (next.mark) place.append(Object.assign(document.createElement("b"), { className: "mark", textContent: next.mark }));
  return place;
}

function drawCall(door) {
  const card = byId("card");
  const [words, advice] = STATES[door.state](door);
  card.className = door.state;
  byId("words").textContent = words;
  byId("advice").textContent = door.call ? "" : advice;
  byId("number").textContent = door.call?.number ?? "";
  byId("number").style.setProperty("--signs", door.call?.number.length ?? 4);
  byId("mark").textContent = door.call?.mark ?? "";
  byId("mark").hidden = !door.call?.mark;
  const seq = String(door.call?.seq ?? "");
  if (card.dataset.seq !== seq) void card.offsetWidth; // called again: it pulses again
  card.classList.toggle("fresh", door.state === "calling");
  card.dataset.seq = seq;
}

function draw(door) {
  setClock(door.at);
  byId("hall").textContent = door.hall;
  byId("window").textContent = door.window;
  byId("window").classList.toggle("wide", door.window >= WIDE);
  byId("name").textContent = door.name;
  byId("clerk").textContent = door.clerk && `工号 ${door.clerk}`;
  drawCall(door);
  const [first, ...after] = door.ready;
  byId("next").hidden = !first;
  if (first) put(byId("first"), first);
  byId("after").hidden = after.length === 0;
  const title = byId("after").firstElementChild;
  byId("after").replaceChildren(title, ...after.map((next) => put(document.createElement("b"), next)));
  document.querySelector("footer").hidden = !door.does.length;
  byId("does").textContent = door.does.join("、");
  drawHours(door.hours.map((period) => period.split("-")));
  document.body.dataset.seq = door.seq;
}

function drawHours(periods) {
  byId("today").textContent = periods.length ? "今天到" : "今天";
  const breaks = periods.slice(1).map(([start], at) => `${periods[at][1]}–${start} 休息`);
  const words = periods.length ? [periods.at(-1)[1], ...(breaks.length ? breaks : ["中午不休息"])] : ["不办公"];
  byId("hours").textContent = words.join("，");
}

new Connection(`${location.pathname}/live`, draw, showStale, renew);
