/*
    The ticket's code on white, ready for a phone's camera or a window's scanner.

        CodeCard { rows: ticket.codeRows; side: 264 * Theme.unit }
*/
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    required property list<string> rows
    property real side: 264 * Theme.unit

    implicitWidth: Math.round(side)
    implicitHeight: implicitWidth
    radius: Theme.space.radius
    color: Theme.color.paper
    border.color: Theme.color.line
    border.width: Theme.space.lineWidth

    QrImage {
        anchors.centerIn: parent
        rows: root.rows
        side: root.side
    }
}
