/*
    The name of a key of the keyboard beside what it does.

        KeyName { text: "F9" }
*/
import QtQuick
import themes

Rectangle {
    id: root

    required property string text
    property color ink: Theme.color.textMuted

    width: name.implicitWidth + 2 * Theme.space.grid
    height: name.implicitHeight + 2
    radius: Theme.space.tagRadius
    color: Theme.color.sunken

    Words {
        id: name

        anchors.centerIn: parent
        text: root.text
        size: Theme.size.caption
        color: root.ink
    }
}
