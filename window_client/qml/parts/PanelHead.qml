/*
    The head of a column: a title, a quieter line beside it, something to press at the right.
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    default property alias content: right.data
    required property string title
    property string caption: ""

    implicitHeight: 59 * Theme.unit

    Row {
        x: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12 * Theme.unit

        Words {
            id: name

            anchors.verticalCenter: parent.verticalCenter
            text: root.title
            size: Theme.size.title
            bold: true
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - name.width - right.width - 70 * Theme.unit)
            text: root.caption
            muted: true
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.cardPadding - 2 * Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
}
