/*
    A QR code from its rows of "0" and "1" (1 = dark), on whole pixels with four modules of white around it.

        QrImage { rows: ticket.codeRows; side: 264 * Theme.unit }

    The picture is as large as whole pixels allow within `side`; dark on white in every theme.
*/
import QtQuick
import themes

Rectangle {
    id: root

    required property list<string> rows
    property real side: 264 * Theme.unit
    readonly property int quiet: 4
    readonly property int modulePx: rows.length === 0 ? 0 : Math.floor(side / (rows.length + 2 * quiet))

    implicitWidth: modulePx * (rows.length + 2 * quiet)
    implicitHeight: implicitWidth
    color: Theme.color.paper

    Accessible.role: Accessible.Graphic

    // Dark modules joined into runs: a row is a handful of rectangles.
    function runs(): list<rect> {
        const found = [];
        rows.forEach((row, y) => {
            const dark = /1+/g;
            for (let run = dark.exec(row); run !== null; run = dark.exec(row))
                found.push(Qt.rect(run.index, y, run[0].length, 1));
        });
        return found;
    }

    Repeater {
        model: root.runs()

        Rectangle {
            required property rect modelData

            x: (modelData.x + root.quiet) * root.modulePx
            y: (modelData.y + root.quiet) * root.modulePx
            width: modelData.width * root.modulePx
            height: root.modulePx
            antialiasing: false
            color: Theme.color.ink
        }
    }
}
