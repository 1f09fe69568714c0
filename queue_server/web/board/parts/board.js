// The board: what the server says goes to the page, new calls go to the stage and to the voice.

import { Connection } from "/board/parts/connection.js";
import { drawCalls, drawClock, drawHall, turnNotice } from "/board/parts/drawing.js";
import { Sound } from "/board/parts/sound.js";
import { Stage } from "/board/parts/stage.js";

const NOTICE_MS = 8_000; // time to read two lines
const offsetMinutes = Number(document.body.dataset.offsetMinutes);
const stage = new Stage(drawCalls);
const sound = new Sound(document.getElementById("sound"));
let serverAheadMs = 0;

new Connection(
  "/board/live",
  (board) => {
    serverAheadMs = board.at / 1000 - Date.now();
    drawHall(board);
    sound.say(stage.take(board));
    document.body.dataset.seq = board.seq;
  },
  (stale) => { document.getElementById("stale").hidden = !stale; },
);

const tick = () => drawClock(Date.now() + serverAheadMs, offsetMinutes);
tick();
setInterval(tick, 1_000);
setInterval(turnNotice, NOTICE_MS);
