/*
    After a restart: did the last slip come out?
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    mark: "info"
    markColor: Theme.color.primary
    headline: qsTr("%1 是否已取到？").arg(ticket.number)
    help: qsTr("机器刚才重新启动，不知道这张取号单打好没有。")

    TicketCard {
        id: card

        width: parent.width
        ticket: root.ticket
    }
    Column {
        anchors.top: card.bottom
        anchors.topMargin: Theme.space.groupGap
        width: parent.width
        spacing: Theme.space.gap

        ChoiceRow {
            objectName: "print-again"
            width: parent.width
            picture: "printer"
            title: qsTr("重打")
            caption: qsTr("同一个号，再打一张")
            enabled: root.journey.printer
            onClicked: root.journey.act("print_again")
        }
        ChoiceRow {
            objectName: "void-number"
            width: parent.width
            picture: "cross"
            title: qsTr("作废")
            caption: qsTr("不要这个号了")
            onClicked: root.journey.act("void_number")
        }
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Countdown {
            width: parent.width
            journey: root.journey
        }
        PrimaryButton {
            objectName: "slip-taken"
            width: parent.width
            text: qsTr("已取到")
            icon: "check"
            iconAfter: true
            onClicked: root.journey.act("slip_taken")
        }
    }
}
