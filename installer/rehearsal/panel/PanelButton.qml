// A button of the panel: many beside each other, each at least the size of a finger, words on one or two lines.
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string text
    // The width its words would like on one line.
    readonly property int fitting: word.implicitWidth + 6 * Theme.space.grid

    words: text
    height: Math.max(Theme.space.target, Math.round(2.7 * Theme.size.label) + 2 * Theme.space.grid)
    radius: Theme.space.buttonRadius / 2

    TextMetrics {
        id: word

        readonly property int implicitWidth: Math.ceil(advanceWidth)

        text: root.text
        font.family: Theme.family
        font.pixelSize: Theme.size.label
        font.weight: Font.Bold
    }
    Words {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.grid
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        size: Theme.size.label
        bold: true
        color: root.ink
        lines: 2
        lineHeight: 0.87
        rightPadding: 0 // words are few and stand in the middle: no need to break them evenly
    }
}
