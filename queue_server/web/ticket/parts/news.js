// Asks the hall for news for ever: each question waits there until something changes. Says when nothing comes.

const PATIENCE_MS = 40000; // twice as long as the hall keeps a question
const BANNER_MS = 3000; // a short break is not worth a word
const WAITS_MS = [500, 2000, 4000];

/** One question; null when there is no such ticket any more and the page must say why. */
function ask(address, seen) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // older phones cannot end a fetch
    request.open("GET", address + (address.includes("?") ? "&" : "?") + "seen=" + encodeURIComponent(seen));
    request.timeout = PATIENCE_MS;
    request.onload = () => {
      if (request.status === 404) resolve(null);
      else if (request.status !== 200) reject(new Error(String(request.status)));
      else resolve(JSON.parse(request.responseText));
    };
    request.onerror = request.ontimeout = () => reject(new Error("away"));
    request.send();
  });
}

export async function follow(address, seen, show, lost) {
  let failures = 0;
  let banner = 0;
  for (;;) {
    try {
      const news = await ask(address, seen());
      if (news === null) return location.reload();
      clearTimeout(banner);
      failures = banner = 0;
      show(news);
    } catch (error) {
      if (!banner) banner = setTimeout(lost, BANNER_MS);
      const wait = WAITS_MS[Math.min(failures++, WAITS_MS.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, wait * (1 + Math.random() / 2)));
    }
  }
}
