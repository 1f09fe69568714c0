// A page that stays open for months meets a newer server: then it loads itself again, and goes on where it was.

const mine = document.body.dataset.edition;
const place = `newest ${location.pathname}`;

/** Looks whether the server now has another page at this address, and loads it. */
export async function renew() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const edition = /data-edition="([^"]+)"/.exec(await answer.text())?.[1];
    if (answer.ok && edition && edition !== mine) location.reload();
  } catch (error) {
    console.warn("edition.unknown", error); // away again; the next time will do
  }
}

/** What this screen had shown before it loaded itself again: the seq of a call, 0 if it is new here. */
export function remembered() {
  try { return Number(sessionStorage.getItem(place)) || 0; } catch { return 0; }
}

/** Keeps it for as long as the browser's window is open. */
export function remember(seq) {
  try { sessionStorage.setItem(place, seq); } catch { /* a browser that keeps nothing */ }
}
