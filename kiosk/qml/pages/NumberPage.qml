/*
    号取好了: the number, the slip coming out, the code for a phone; and the card that people forget.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property bool paperless: journey.paper === "none"
    readonly property bool coded: paperless || ticket.tracked

    mark: "check_circle"
    headline: paperless ? qsTr("号取好了，请拍照") : qsTr("号取好了，请拿取号单")

    TicketCard {
        id: card

        width: parent.width
        ticket: root.ticket
    }
    Row {
        id: below

        readonly property bool roomy: height > 11 * Theme.size.label

        anchors.top: card.bottom
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Math.round(120 * Theme.unit)

        Column {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.paperless
            spacing: Theme.space.gap

            SlipDrawing {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: below.height > implicitHeight + 3 * Theme.size.label
                number: root.ticket.number
            }
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.space.grid

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "arrow_down"
                    side: Theme.space.iconSmall
                }
                Words {
                    text: qsTr("取号单从下方出来")
                    size: Theme.size.label
                    bold: true
                }
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.coded
            spacing: Theme.space.gap

            CodeCard {
                anchors.horizontalCenter: parent.horizontalCenter
                rows: root.ticket.codeRows
                side: Math.min((root.paperless ? 340 : 280) * Theme.unit, below.height - Theme.space.gap - (use.visible ? (below.roomy ? 3 : 2) * Theme.size.label : 0))
            }
            Words {
                id: use

                anchors.horizontalCenter: parent.horizontalCenter
                visible: !root.paperless && below.height > 6 * Theme.size.label
                width: Math.round(340 * Theme.unit)
                text: root.ticket.onWifi ? (below.roomy ? qsTr("先连大厅 Wi-Fi，") + "\n" + qsTr("扫码看排到哪里") : qsTr("连大厅 Wi-Fi 扫码")) : below.roomy ? qsTr("手机扫码，看排到哪里") : qsTr("手机扫码")
                size: Theme.size.label
                bold: true
                lines: below.roomy ? 2 : 1
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.paperless
            width: Math.round(420 * Theme.unit)
            spacing: Theme.space.grid

            Words {
                width: parent.width
                text: qsTr("请拍下这一页")
                size: Theme.size.row
                bold: true
                lines: 2
            }
            Words {
                width: parent.width
                text: root.ticket.tracked && root.ticket.onWifi ? qsTr("手机先连大厅 Wi-Fi，扫码能看排到哪里。到窗口报号码。") : root.ticket.tracked ? qsTr("扫码能看排到哪里。到窗口出示照片，或报号码。") : qsTr("没有手机就记住号码，到窗口报号码。")
                size: Theme.size.label
                muted: true
                lines: 3
            }
        }
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Countdown {
            width: parent.width
            journey: root.journey
            icon: "id_card"
            reminder: root.journey.cardLies ? qsTr("身份证别忘拿") : ""
        }
        Row {
            width: parent.width
            spacing: Theme.space.gap

            SecondaryButton {
                objectName: "stay"
                width: (parent.width - parent.spacing) * 0.41
                text: qsTr("多停一会儿")
                onClicked: root.journey.act("stay")
            }
            PrimaryButton {
                objectName: "done"
                width: (parent.width - parent.spacing) * 0.59
                text: qsTr("好了")
                icon: "check"
                iconAfter: true
                onClicked: root.journey.act("home")
            }
        }
    }
}
