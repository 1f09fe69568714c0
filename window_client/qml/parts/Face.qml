/*
    A face in plain strokes: 5 beams, 1 is sad. Drawn, so that it is the same on every screen.
*/
import QtQuick
import themes

Canvas {
    id: root

    required property int level
    property color ink: Theme.color.primary
    property color fill: Theme.color.primarySoft

    onInkChanged: requestPaint()
    onFillChanged: requestPaint()
    onWidthChanged: requestPaint()
    onPaint: {
        const pen = getContext("2d");
        const r = width / 2, line = Math.max(2, width / 18);
        pen.reset();
        pen.lineWidth = line;
        pen.lineCap = "round";
        pen.strokeStyle = ink;
        pen.fillStyle = fill;
        pen.beginPath();
        pen.arc(r, r, r - line, 0, 2 * Math.PI);
        pen.fill();
        pen.stroke();
        pen.fillStyle = ink;
        for (const side of [-1, 1]) {
            pen.beginPath();
            pen.arc(r + side * r * 0.34, r * 0.78, line * 0.9, 0, 2 * Math.PI);
            pen.fill();
        }
        // The mouth bends from an open smile to its opposite; the ends of the scale say it once more.
        const bend = [-0.26, -0.2, 0, 0.24, 0.56][level - 1] * r;
        const wide = level === 5 ? 0.48 : 0.4;
        const ends = level === 5 ? r * 1.16 : r * 1.34 - bend / 2;
        pen.beginPath();
        pen.moveTo(r * (1 - wide), ends);
        pen.bezierCurveTo(r * (1 - wide / 2), ends + bend * 1.2, r * (1 + wide / 2), ends + bend * 1.2, r * (1 + wide), ends);
        if (level === 5) {
            pen.closePath();
            pen.fill();
        }
        pen.stroke();
        if (level === 1) {
            for (const side of [-1, 1]) {
                pen.beginPath();
                pen.moveTo(r + side * r * 0.52, r * 0.48);
                pen.lineTo(r + side * r * 0.2, r * 0.6);
                pen.stroke();
            }
        }
    }
}
