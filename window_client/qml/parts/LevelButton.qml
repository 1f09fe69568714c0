/*
    One of the five levels: a face and its word. All five look alike; none is pushed.
*/
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property int level
    required property string title

    words: title

    Column {
        anchors.centerIn: parent
        width: parent.width - Theme.space.grid
        spacing: Theme.space.gap / 2

        Face {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.round(96 * Theme.unit)
            height: width
            level: root.level
            ink: root.enabled ? Theme.color.primary : Theme.color.textOff
            fill: root.enabled ? Theme.color.primarySoft : Theme.color.background
        }
        Words {
            width: parent.width
            text: root.title
            // five signs fit in every theme
            size: Math.min(Theme.size.body, Math.floor(root.width / 5.3))
            bold: true
            lines: 2
            color: root.ink
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
