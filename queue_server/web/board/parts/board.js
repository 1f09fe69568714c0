// The board: what the server says goes to the page, new calls go to the stage and to the voice.

import { setClock } from "/board/parts/clock.js";
import { Connection } from "/board/parts/connection.js";
import { drawCalls, drawHall, turnNotice } from "/board/parts/drawing.js";
import { remember, remembered, renew } from "/board/parts/edition.js";
import { Sound } from "/board/parts/sound.js";
import { Stage } from "/board/parts/stage.js";
import { showStale } from "/board/parts/stale.js";

const NOTICE_MS = 8_000; // time to read two lines
const zone = /^\/board\/zone\/([^/]+)/.exec(location.pathname)?.[1];
const stage = new Stage(drawCalls, remembered());
const sound = new Sound(document.getElementById("sound"));

new Connection(
  zone ? `/board/live?zone=${zone}` : "/board/live",
  (board) => {
    setClock(board.at);
    drawHall(board);
    sound.volume = board.volume;
    sound.say(stage.take(board));
    remember(stage.newest);
    document.body.dataset.seq = board.seq;
  },
  showStale,
  renew,
);

setInterval(turnNotice, NOTICE_MS);
