/*
    Two rings around whatever the keyboard points at: one of text, one of focus, so that one of them always shows.

        FocusRings { visible: tile.activeFocus; radius: tile.radius }
*/
import QtQuick
import themes

Item {
    id: root

    property real radius: Theme.space.radius
    readonly property int ring: Theme.space.ring

    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        anchors.margins: -2 * root.ring
        radius: root.radius + 2 * root.ring
        color: "transparent"
        border.color: Theme.color.focus
        border.width: root.ring
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: -root.ring
        radius: root.radius + root.ring
        color: "transparent"
        border.color: Theme.color.text
        border.width: root.ring
    }
}
