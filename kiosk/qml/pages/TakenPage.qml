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
        width: parent.width
        ticket: root.ticket
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Countdown {
            width: parent.width
            journey: root.journey
        }
        Row {
            width: parent.width
            spacing: Theme.space.gap

            SecondaryButton {
                objectName: "void-number"
                width: (parent.width - parent.spacing) / 2
                text: qsTr("作废")
                icon: "cross"
                onClicked: root.journey.act("void_number")
            }
            SecondaryButton {
                objectName: "print-again"
                width: (parent.width - parent.spacing) / 2
                text: qsTr("重打")
                icon: "printer"
                enabled: root.journey.printer
                onClicked: root.journey.act("print_again")
            }
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
