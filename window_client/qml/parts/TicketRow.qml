/*
    One ticket in a list: number, service and the time it is counted from, marks, how long it has waited.

    What the citizen came for is never cut: a long name takes another line, and the marks stand below it.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    // window_client.desk.waiting.Row
    required property var row
    // act, words and allowed: what can be done with it; `whole` by a press on the row itself
    property var act: ({ act: "", words: "", allowed: false, whole: true })

    signal acted(ticket: string)

    implicitHeight: Math.max(56 * Theme.unit, told.implicitHeight + 12 * Theme.unit)
    color: row.next ? Theme.color.primarySoft : Theme.color.surface

    NumberWords {
        id: number

        x: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        width: 4.3 * Theme.size.title
        text: root.row.number
        room: width - Theme.space.grid
        wanted: root.row.number.length > 6 ? Theme.size.row : Theme.size.title
        bold: true
        color: root.row.next ? Theme.color.primary : Theme.color.text
    }
    Column {
        id: told

        anchors.left: number.right
        anchors.right: right.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.row.service
            lines: 5
        }
        Flow {
            width: parent.width
            spacing: Theme.space.grid

            Words {
                height: Math.round(1.7 * size)
                text: root.row.order
                size: Theme.size.caption
                muted: true
            }
            Repeater {
                model: root.row.marks

                Tag {
                    required property var modelData

                    text: modelData.text
                    kind: modelData.kind
                    // On the tinted row a soft fill would drown.
                    Binding on color {
                        when: root.row.next
                        value: Theme.color.surface
                    }
                }
            }
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.act.whole
            width: Math.max(implicitWidth, 58 * Theme.unit)
            text: root.row.waited
            bold: true
            horizontalAlignment: Text.AlignRight
        }
        SecondaryButton {
            objectName: visible ? root.act.act + "_" + root.row.number : ""
            visible: !root.act.whole
            height: Theme.space.target
            text: root.act.words
            plain: true
            enabled: root.act.allowed && !root.row.spent
            onClicked: root.acted(root.row.ticket)
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: press.enabled
            name: "chevron_right"
            side: Theme.space.iconSmall
            color: Theme.color.textMuted
        }
    }
    Pressable {
        id: press

        objectName: enabled ? root.act.act + "_" + root.row.number : ""
        anchors.fill: parent
        enabled: root.act.whole && root.act.allowed
        words: root.act.words + " " + root.row.number
        ringInset: 2 * Theme.space.ring
        onClicked: root.acted(root.row.ticket)
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
}
