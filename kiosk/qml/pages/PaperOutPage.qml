/*
    No slip came out: the good news first, the number, and how to keep it.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    headline: qsTr("您的号照样有效")
    help: !journey.largePrint ? "" : qsTr("请拍照，或记住号码")

    TicketCard {
        id: card

        width: parent.width
        ticket: root.ticket
    }
    Card {
        id: keep

        anchors.top: card.bottom
        anchors.topMargin: Theme.space.gap
        width: parent.width
        height: Math.round(280 * Theme.unit)
        visible: !root.journey.largePrint

        CodeCard {
            id: code

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space.gap / 2
            rows: root.ticket.codeRows
            side: Math.min(parent.height - Theme.space.gap, 264 * Theme.unit)
            border.width: 0
        }
        Column {
            anchors.left: code.right
            anchors.leftMargin: Theme.space.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.cardPadding
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space.grid

            Words {
                width: parent.width
                text: root.ticket.tracked ? qsTr("手机扫码，存下这个号") : qsTr("请拍照，或记住号码")
                size: Theme.size.row
                bold: true
                lines: 2
            }
            Words {
                width: parent.width
                text: root.ticket.tracked && root.ticket.onWifi ? qsTr("先连大厅 Wi-Fi，能看排到哪里。要纸质取号单，凭号码到导办台补打。") : root.ticket.tracked ? qsTr("能看排到哪里，不用登录。要纸质取号单，凭号码到导办台补打。") : qsTr("要纸质取号单，凭号码到导办台补打。")
                size: Theme.size.label
                muted: true
                lines: 3
            }
        }
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("这一页停 %1 秒，不着急。").arg(root.journey.secondsLeft)
            size: Theme.size.label
            muted: true
        }
        Row {
            width: parent.width
            spacing: Theme.space.gap

            SecondaryButton {
                id: again

                objectName: "reprint"
                width: (parent.width - parent.spacing) * 0.34
                visible: root.journey.printer
                text: qsTr("补打")
                icon: "printer"
                onClicked: root.journey.act("reprint")
            }
            PrimaryButton {
                objectName: "done"
                width: again.visible ? (parent.width - parent.spacing) * 0.66 : parent.width
                text: qsTr("我记住了")
                onClicked: root.journey.act("home")
            }
        }
    }
}
