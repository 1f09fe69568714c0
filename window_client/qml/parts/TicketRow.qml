/*
    One ticket in a list: number, service and the time it is counted from, marks, how long it has waited.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    // window_client.desk.waiting.Row
    required property var row
    property bool canPutBack: false
    property string putBackWords: ""

    signal putBack(ticket: string)

    implicitHeight: Math.max(56 * Theme.unit, 1.6 * (Theme.size.body + Theme.size.caption))
    color: row.next ? Theme.color.primarySoft : Theme.color.surface

    Words {
        id: number

        x: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        width: 4.3 * Theme.size.title
        text: root.row.number
        size: root.row.number.length > 6 ? Theme.size.row : Theme.size.title
        bold: true
        color: root.row.next ? Theme.color.primary : Theme.color.text
    }
    Column {
        anchors.left: number.right
        anchors.right: right.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.row.service
        }
        Words {
            width: parent.width
            text: root.row.order
            size: Theme.size.caption
            muted: true
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid

        Repeater {
            model: root.row.marks

            Tag {
                required property var modelData

                anchors.verticalCenter: parent?.verticalCenter
                text: modelData.text
                kind: modelData.kind
                // On the tinted row a soft fill would drown.
                Binding on color {
                    when: root.row.next
                    value: Theme.color.surface
                }
            }
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.putBackWords === ""
            width: Math.max(implicitWidth, 58 * Theme.unit)
            text: root.row.waited
            bold: true
            horizontalAlignment: Text.AlignRight
        }
        SecondaryButton {
            objectName: "put_back_" + root.row.number
            visible: root.putBackWords !== ""
            height: Theme.space.target
            text: root.putBackWords
            plain: true
            enabled: root.canPutBack
            onClicked: root.putBack(root.row.ticket)
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
}
