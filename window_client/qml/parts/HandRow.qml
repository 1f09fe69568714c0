/*
    One call made by hand: number, times, how it ended, and what became of it. A refused one says why and is taken up again.
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    // window_client.desk.by_hand.Line
    required property var line
    required property string mendWords

    signal mended

    implicitHeight: Math.max(46 * Theme.unit, 2.2 * Theme.size.body, told.implicitHeight + 10 * Theme.unit)

    NumberWords {
        id: number

        x: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter
        width: 5.2 * Theme.size.row
        text: root.line.number
        room: width - Theme.space.grid
        wanted: Theme.size.row
        bold: true
    }
    Column {
        id: told

        anchors.left: number.right
        anchors.right: end.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.line.times + "　" + root.line.outcome
        }
        Words {
            width: parent.width
            visible: root.line.refused
            text: root.line.state
            size: Theme.size.caption
            lines: 2
            color: Theme.color.negative
        }
    }
    Row {
        id: end

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter

        Tag {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.line.refused
            text: root.line.state
            kind: root.line.kind
        }
        TextButton {
            objectName: "mend_" + root.line.number
            visible: root.line.refused
            text: root.mendWords
            size: Theme.size.body
            onClicked: root.mended()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
}
