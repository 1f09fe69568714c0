/*
    The number this person already holds, and who went before it though they came later 谁先于我.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    mark: "info"
    markColor: Theme.color.primary
    headline: qsTr("您已经有号了")
    help: qsTr("同一类事项一次一个号，请等叫号。")
    rise: Theme.space.grid

    TicketCard {
        id: card

        width: parent.width
        ticket: root.ticket
    }
    Words {
        anchors.top: card.bottom
        anchors.topMargin: Theme.space.groupGap
        width: parent.width
        visible: !root.ticket.offline && !passed.visible
        text: qsTr("没有后来的人比您先叫到")
        muted: true
    }
    SecondaryButton {
        id: passed

        objectName: "before"
        anchors.top: card.bottom
        // English words in large print leave no more.
        anchors.topMargin: root.journey.largePrint && root.journey.english ? Theme.space.grid : Theme.space.groupGap
        width: parent.width
        height: Math.round(112 * Theme.unit)
        visible: root.ticket.before.length > 0
        text: qsTr("谁先于我（%1 个号）").arg(root.ticket.before.length)
        icon: "people"
        onClicked: root.journey.act("before")
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
                id: again

                objectName: "reprint"
                width: (parent.width - parent.spacing) * 0.41
                visible: root.journey.printer
                text: qsTr("补打")
                icon: "printer"
                onClicked: root.journey.act("reprint")
            }
            PrimaryButton {
                objectName: "done"
                width: again.visible ? (parent.width - parent.spacing) * 0.59 : parent.width
                text: qsTr("好了")
                icon: "check"
                iconAfter: true
                onClicked: root.journey.act("home")
            }
        }
    }
}
