// One twin in the list of all: what it is and how it is now.
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string title
    required property string icon
    required property string line
    // The height it may take where all must stand under each other.
    property real room: natural
    readonly property real natural: Math.max(Theme.space.target, lines.implicitHeight + 3 * Theme.space.grid)

    words: title + ", " + line
    height: Math.min(room, natural)
    radius: Theme.space.buttonRadius / 2
    fill: selected ? Theme.color.primarySoft : Theme.color.surface

    Icon {
        id: mark

        x: 2 * Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
    }
    Column {
        id: lines

        anchors.left: mark.right
        anchors.leftMargin: 2 * Theme.space.grid
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        spacing: -Theme.space.grid / 2
        anchors.verticalCenterOffset: -root.depth / 2 // a line has more air above than below

        Words {
            width: parent.width
            text: root.title
            size: Theme.size.label
            bold: true
            lineHeight: 0.87
        }
        Words {
            width: parent.width
            text: root.line
            size: Theme.size.caption
            muted: true
            lineHeight: 0.87
        }
    }
}
