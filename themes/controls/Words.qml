/*
    Text in a role's size and colour; the base of every word on a screen.

        Words { text: page.question; size: Theme.size.headline; bold: true }
        Words { text: page.help; muted: true; width: parent.width; lines: 2 }

    Long text wraps if it is given a width, keeps to `lines` and then ends in … A Chinese name on two lines breaks near
    its middle after an even count of characters: most words have two, so few are torn, and none is left alone.
*/
import QtQuick
import themes

Text {
    id: root

    property int size: Theme.size.body
    property bool bold: false
    property bool muted: false
    property int lines: 1

    color: muted ? Theme.color.textMuted : Theme.color.text
    elide: Text.ElideRight
    font.family: Theme.family
    font.pixelSize: size
    font.weight: bold ? Font.Bold : Font.Normal
    font.features: ({
            "tnum": 1
        })
    // The typeface's own line is 1.45 of its size: headlines are set tighter, running text a little wider.
    lineHeight: size >= Theme.size.headlineLong ? 0.87 : 1.03
    maximumLineCount: lines
    rightPadding: lines === 2 ? unevenness() : 0
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    wrapMode: lines > 1 ? Text.Wrap : Text.NoWrap

    function unevenness(): real {
        const fitting = Math.floor(width / size);
        const first = 2 * Math.ceil(text.length / 4);
        const name = /^[\u2E80-\uFFEF]+$/.test(text) && !/[，。；：？！]/.test(text);
        return name && text.length > fitting && first <= fitting ? Math.max(0, width - (first + 0.4) * size) : 0;
    }
}
