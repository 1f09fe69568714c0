/*
    The card that is the ticket: service, number, people ahead, how long or since when, where to go.

        TicketCard { width: parent.width; ticket: root.ticket }
*/
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels

Card {
    id: root

    required property TicketModel ticket
    readonly property string where: [ticket.place, ticket.windows === "" ? "" : qsTr("%1 号窗口").arg(ticket.windows)].filter(part => part !== "").join("\u2003")

    implicitHeight: column.height + 2 * Theme.space.cardPadding

    Tag {
        id: mark

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.gap
        y: Theme.space.gap
        z: 1
        visible: text !== ""
        text: ({
                priority: qsTr("优先"),
                appointment: qsTr("预约"),
                returning: qsTr("补件")
            })[root.ticket.ticketClass] ?? ""
        size: Theme.size.label
        kind: "primary"
    }
    Column {
        id: column

        x: Theme.space.cardPadding
        y: Theme.space.cardPadding
        width: parent.width - 2 * Theme.space.cardPadding

        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width - (mark.visible ? 2 * mark.width : 0)
            horizontalAlignment: Text.AlignHCenter
            text: root.ticket.serviceName
            size: Theme.size.row
            bold: true
            lines: 2
        }
        Item {
            width: parent.width
            height: Math.round(number.font.pixelSize * 1.12)

            NumberWords {
                id: number

                objectName: "ticket-number"
                anchors.centerIn: parent
                // Digits sit low in this type.
                anchors.verticalCenterOffset: -Math.round(font.pixelSize * 0.02)
                text: root.ticket.number
                room: parent.width
                wanted: text.length <= 4 ? Theme.size.number : text.length <= 6 ? Theme.size.numberMedium : Theme.size.numberLong
                bold: true
                color: Theme.color.primary
            }
        }
        Rectangle {
            width: parent.width
            height: Theme.space.lineWidth
            color: Theme.color.line
        }
        Item {
            width: parent.width
            height: Theme.space.gap
        }
        Strip {
            width: parent.width
            visible: root.ticket.offline
            kind: "caution"
            icon: "cloud_off"
            title: qsTr("离线取号，照样有效")
            caption: qsTr("等候人数以现场为准")
        }
        Row {
            width: parent.width
            visible: !root.ticket.offline
            spacing: Theme.space.cardPadding

            Figure {
                width: (parent.width - 2 * parent.spacing) / 2
                visible: root.ticket.ahead >= 0
                icon: "people"
                label: qsTr("前面还有")
                value: qsTr("%1 人").arg(root.ticket.ahead)
            }
            Rectangle {
                width: Theme.space.lineWidth
                height: parent.height
                visible: root.ticket.ahead >= 0
                color: Theme.color.line
            }
            Figure {
                width: (parent.width - 2 * parent.spacing) / 2
                icon: "clock"
                label: root.ticket.wait === "" ? qsTr("取号时间") : root.ticket.ranged ? qsTr("大约等") : qsTr("等候")
                // Words are longer than figures.
                size: root.ticket.wait === "" || root.ticket.ranged ? Theme.size.figure : Theme.size.row
                value: root.ticket.wait === "" ? root.ticket.time : root.ticket.wait.replace(/^(约|about) /, "")
            }
        }
        Item {
            width: parent.width
            height: Theme.space.gap
        }
        Rectangle {
            width: parent.width
            height: Theme.space.lineWidth
            color: Theme.color.line
        }
        Item {
            width: parent.width
            height: Math.max(place.implicitHeight, pin.height) + Theme.space.gap

            Icon {
                id: pin

                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: Theme.space.gap / 2
                name: "pin"
            }
            Words {
                id: place

                anchors.left: pin.right
                anchors.leftMargin: Theme.space.gap
                anchors.right: look.visible ? look.left : parent.right
                anchors.rightMargin: Theme.space.grid
                anchors.verticalCenter: pin.verticalCenter
                text: root.where
                size: Theme.size.row
                bold: true
                lines: 2
            }
            Words {
                id: look

                anchors.right: parent.right
                anchors.verticalCenter: pin.verticalCenter
                visible: place.implicitWidth + pin.width + implicitWidth + 3 * Theme.space.gap < parent.width
                text: qsTr("看屏，听广播")
                size: Theme.size.label
                muted: true
            }
        }
    }
}
