/*
    How long this page stays, in words and as a bar; with room for a reminder at the right.

        Countdown { width: parent.width; journey: root.journey }
*/
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels

Column {
    id: root

    required property JourneyModel journey
    property string icon: ""
    property string reminder: ""

    spacing: Theme.space.grid

    Item {
        width: parent.width
        height: left.implicitHeight

        Words {
            id: left

            text: qsTr("%1 秒后回到首页").arg(root.journey.secondsLeft)
            size: Theme.size.label
            muted: true
        }
        Row {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.reminder !== ""
            spacing: Theme.space.grid

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.icon
                side: Theme.space.iconSmall
            }
            Words {
                text: root.reminder
                size: Theme.size.label
                bold: true
            }
        }
    }
    CountdownBar {
        width: parent.width
        value: root.journey.timeLeft
    }
}
