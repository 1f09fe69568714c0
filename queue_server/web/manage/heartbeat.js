// The page must never pass old figures for new ones. The server changes `.heart` every few seconds, through all that
// lies between the hall's store and this browser; when that stops, a notice says so and nothing else can be pressed.
// A page without a heart has no figures that grow old: it is lost with its connection alone.
(() => {
  const SILENT_MS = 12000; // the server sends at least every five seconds
  const HITCH_MS = 1500;   // a connection that comes back sooner is nobody's concern
  const PROBE_MS = 2000;
  let heard = performance.now();
  let parted = 0;          // since when the socket is closed; 0 while it is open
  let beat;
  let clock = "";
  let notice = null;
  let watched = null;

  function listen() {
    const heart = document.querySelector(".heart");
    if (heart && heart.dataset.beat !== beat) {
      beat = heart.dataset.beat;
      heard = performance.now();
      clock = heart.dataset.clock || clock;
      look();
    }
  }

  function watchSocket() {
    if (!window.socket || watched === window.socket) return;
    watched = window.socket;
    watched.io.timeout(false); // else the page would give itself up for the browser's own error page
    watched.on("disconnect", () => { parted = parted || performance.now(); });
    watched.on("connect", () => { parted = 0; });
  }

  function look() {
    const now = performance.now();
    const silent = beat !== undefined && now - heard > SILENT_MS;
    const lost = silent || (parted > 0 && now - parted > HITCH_MS);
    if (lost && !notice) {
      notice = document.createElement("div");
      notice.className = "lost";
      notice.setAttribute("role", "alert");
      const told = clock ? `下面是 ${clock} 的数字，之后的变化看不到。` : "";
      for (const [tag, words] of [
        ["h2", "连接中断"],
        ["p", `${told}正在自动重连，接上前不能操作。`],
        ["p", "取号机照常出号。很久不恢复，请看服务器是否开着、网线是否插好。"],
      ]) {
        const line = document.createElement(tag);
        line.textContent = words;
        notice.append(line);
      }
      document.body.prepend(notice);
    } else if (!lost && notice) {
      notice.remove();
      notice = null;
    }
    document.documentElement.classList.toggle("is-lost", lost);
    for (const part of document.body.children) if (part !== notice && part.inert !== lost) part.inert = lost;
  }

  async function probe() {
    if (notice && !(window.socket && window.socket.connected)) {
      try {
        const answer = await fetch("/api/ready", { cache: "no-store", signal: AbortSignal.timeout(3000) });
        if (answer.ok && notice && !window.socket?.connected) window.location.reload();
      } catch { /* still away */ }
    }
    setTimeout(probe, PROBE_MS);
  }

  new MutationObserver(listen).observe(document, { subtree: true, childList: true, attributeFilter: ["data-beat"] });
  setInterval(() => { watchSocket(); look(); }, 500);
  setTimeout(probe, PROBE_MS);
})();
