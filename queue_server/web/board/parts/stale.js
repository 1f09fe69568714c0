// What a screen says when it hears nothing more: that the line is cut, or that a manager took its place out of the hall.

const GONE = "这块屏的地址已撤下，请管理员核对";
const note = document.getElementById("stale");
const words = note.lastChild; // after the picture
const usual = words.textContent;

/** Shows or hides it; which of the two it is, the server says, if it answers. */
export async function showStale(stale) {
  note.hidden = !stale;
  words.textContent = stale && await isGone() ? GONE : usual;
}

async function isGone() {
  try {
    return (await fetch(location.pathname, { cache: "no-store" })).status === 404;
  } catch {
    return false; // nobody answers: the line is cut
  }
}
