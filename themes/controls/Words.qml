/*
    Text in a role's size and colour; the base of every word on a screen.

        Words { text: page.question; size: Theme.size.headline; bold: true }
        Words { text: page.help; muted: true; width: parent.width; lines: 2 }

    Long text wraps if it is given a width, keeps to `lines` and then ends in …
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
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    wrapMode: lines > 1 ? Text.Wrap : Text.NoWrap
}
