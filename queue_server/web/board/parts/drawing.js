// Puts a board on the page. Text goes in as text only, never as markup.

const MEDIUM = 5; // signs of a number from which it is drawn smaller, without arrow
const LONG = 7;
const WIDE = 100; // windows from here need a plate of three digits
const MISSED = 8;
const MISSED_SIGNS = 46; // of them, so that the line holds whole numbers
const GROUPS = 8;
const ROOMY = 5; // so many groups keep large type
const EXPECTED = new Set(["called", "serving"]);

const byId = (id) => document.getElementById(id);

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function arrow() {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#arrow");
  picture.classList.add("arrow");
  picture.append(use);
  return picture;
}

const size = (number) => (number.length >= LONG ? "long" : number.length >= MEDIUM ? "medium" : "");

/** A number, with the count of its signs for the style. */
function numberOf(number) {
  const made = element("span", number);
  made.style.setProperty("--signs", number.length);
  return made;
}

/** A number that is next, with its mark. */
function nextOf(next) {
  const made = numberOf(next.number);
  if (next.mark) made.append(element("b", next.mark, "mark"));
  return made;
}

/** As many as fit on one line whole. */
function fitting(numbers) {
  let signs = 0;
  return numbers.slice(0, MISSED).filter((number) => (signs += number.length + 1.7) <= MISSED_SIGNS);
}

/** What is said above the number; of a call that this screen missed, that it was made. */
function sentenceOf({ number, window, state }) {
  if (EXPECTED.has(state)) return `请 ${number} 号到 ${window} 号窗口`;
  return state === "missed" ? `刚才叫过 ${number}，请到导办台` : `刚才叫过 ${number}，在 ${window} 号窗口`;
}

/** The big block and the list under it. */
export function drawCalls(current, fresh, listed, most) {
  const block = byId("current");
  const wide = current && current.window >= WIDE ? "wide" : "";
  const mood = current && !EXPECTED.has(current.state) ? "over" : fresh ? "fresh" : "quiet";
  block.className = current ? [size(current.number), wide, mood].filter(Boolean).join(" ") : "empty";
  if (current) {
    if (block.dataset.seq !== String(current.seq)) {
      block.style.animation = "none"; // a second call in a row must pulse again
      void block.offsetWidth;
      block.style.animation = "";
      block.dataset.seq = current.seq;
    }
    byId("sentence").textContent = sentenceOf(current);
    byId("number").textContent = current.number;
    block.style.setProperty("--signs", current.number.length);
    byId("window").textContent = current.window;
    byId("mark").textContent = current.mark;
    byId("mark").hidden = !current.mark;
  }
  byId("recent").dataset.most = most;
  byId("recent").replaceChildren(...listed.map((call) => {
    const row = element("li", "", size(call.number));
    row.append(numberOf(call.number));
    if (call.mark) row.append(element("b", call.mark, "mark"));
    row.append(arrow(), element("b", call.window, "plate"));
    return row;
  }));
}

/** Everything but the calls. */
export function drawHall(board) {
  byId("hall").textContent = board.hall;
  byId("hall-en").textContent = board.hall_en;
  byId("zone").textContent = board.zone;
  byId("zone").hidden = !board.zone;
  document.body.classList.toggle("zoned", board.zone !== "");
  drawNotices(board.notices);
  const waiting = board.groups.reduce((sum, group) => sum + group.waiting, 0);
  byId("waiting").hidden = !board.layout.waiting;
  byId("waiting").textContent = `${board.zone ? "这里" : "全厅"}等候 ${waiting} 人`;
  drawReady(board);
  const missed = byId("missed");
  missed.hidden = board.missed.length === 0;
  const shown = fitting(board.missed);
  const more = board.missed.length > shown.length ? ` 等 ${board.missed.length} 个` : "";
  missed.replaceChildren("过号（回来了请到导办台，不用重新取号）：", ...shown.flatMap((number, place) => [place ? "、" : "", element("b", number)]), element("b", more));
  document.querySelector("footer").hidden = !board.notices.length && !board.layout.waiting && missed.hidden;
  giveRoom();
}

/** Long words of a notice take the room of old calls; known only once everything beside them stands there. */
function giveRoom() {
  const place = byId("notices");
  document.body.classList.toggle("noticed", place.clientHeight > 1.5 * parseFloat(getComputedStyle(place).lineHeight));
}

/** All notices, the first one seen; those that already stand there are left, and the one being read with them. */
function drawNotices(notices) {
  byId("notice").hidden = notices.length === 0;
  const place = byId("notices");
  const before = [...place.children].map((each) => each.textContent);
  if (before.length === notices.length && before.every((words, at) => words === notices[at])) return;
  place.replaceChildren(...notices.map((words, at) => element("span", words, at ? "" : "shown")));
}

/** The next notice. */
export function turnNotice() {
  const shown = byId("notices").querySelector(".shown");
  if (!shown) return;
  shown.classList.remove("shown");
  (shown.nextElementSibling ?? shown.parentElement.firstElementChild).classList.add("shown");
}

function suspendedRow(name) {
  const section = element("section", "", "suspended");
  section.append(element("h3", name), element("p", "停办"));
  return section;
}

/** Who should get ready, by group; after them the groups that nobody need wait for, with the word. */
function drawReady({ ready, suspended, layout }) {
  document.querySelector("aside").hidden = layout.ready === 0;
  document.body.classList.toggle("alone", layout.ready === 0);
  const groups = new Map();
  for (const next of ready) groups.set(next.group_name, [...(groups.get(next.group_name) ?? []), next]);
  const shown = [...groups].slice(0, GROUPS);
  const single = shown.every(([, numbers]) => numbers.length === 1);
  byId("ready").classList.toggle("single", single); // name and number on one line
  byId("ready").classList.toggle("dense", !single && shown.length + suspended.length > ROOMY);
  byId("ready-nobody").hidden = shown.length + suspended.length > 0;
  byId("ready").hidden = !byId("ready-nobody").hidden;
  byId("ready").replaceChildren(...shown.map(([name, numbers]) => {
    const section = element("section", "");
    const long = numbers.slice(0, 3).some((next) => next.number.length >= LONG);
    const row = element("p", "", long ? "long" : "");
    row.append(...numbers.slice(0, long ? 2 : 3).map(nextOf));
    section.append(element("h3", name), row);
    return section;
  }), ...suspended.slice(0, GROUPS - shown.length).map(suspendedRow));
}
