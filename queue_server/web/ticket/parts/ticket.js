// The phone page while it is open: what the hall says goes onto the page, a call rings. Drawn by the server, whole.
// Nothing newer than ES2017: old phones read this.

import { Bell } from "/ticket/parts/bell.js";
import { follow } from "/ticket/parts/news.js";

const marks = document.body.dataset;
const byId = (id) => document.getElementById(id);
const bell = new Bell(byId("bell"), byId("bell-note"));

function show(news) {
  if (news.ticket !== undefined) {
    const asked = byId("leaving") && byId("leaving").open; // a question that is being read stays open
    byId("ticket").innerHTML = news.ticket; // escaped where it is drawn
    byId("acts").innerHTML = news.acts;
    if (asked && byId("leaving")) byId("leaving").open = true;
  }
  byId("fresh").lastElementChild.textContent = news.fresh;
  document.body.classList.toggle("stale", news.stale);
  document.title = news.title;
  marks.stamp = news.stamp;
  bell.heard(news.alert, news.rings);
}

function lost() {
  document.body.classList.add("stale");
  byId("fresh").lastElementChild.textContent = marks.lost;
}

bell.heard(marks.alert, marks.rings === "yes");
follow(marks.news, () => marks.stamp, show, lost);
