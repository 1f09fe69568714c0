/*
    One thing that can be done without the server: what it is, what it is for, and the buttons for it at the right.
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    default property alias content: right.data
    required property string title
    required property string caption

    implicitHeight: Math.max(said.implicitHeight, right.height) + 28 * Theme.unit

    Column {
        id: said

        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: right.width > 0 ? Theme.space.gap : 0
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.title
            size: Theme.size.row
            bold: true
        }
        Words {
            width: parent.width
            text: root.caption
            size: Theme.size.caption
            lines: 3
            muted: true
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid
    }
}
