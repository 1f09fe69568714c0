/*
    还在吗: asked over the page before it goes home; a touch anywhere says yes.
*/
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels

Item {
    id: root

    required property JourneyModel journey

    Rectangle {
        anchors.fill: parent
        color: Theme.color.ink
        opacity: 0.55
    }
    MouseArea {
        anchors.fill: parent
        onClicked: root.journey.act("stay")
    }
    Card {
        anchors.centerIn: parent
        width: Math.round(952 * Theme.unit)
        height: words.height + 2 * Theme.space.margin

        Column {
            id: words

            x: Theme.space.margin
            y: Theme.space.margin
            width: parent.width - 2 * Theme.space.margin
            spacing: Theme.space.gap

            Headline {
                width: parent.width
                text: qsTr("您还在吗？")
            }
            Words {
                width: parent.width
                text: qsTr("%1 秒后回到首页，刚才选的会清掉。").arg(root.journey.secondsLeft)
                muted: true
                lines: 2
            }
            CountdownBar {
                width: parent.width
                value: root.journey.timeLeft
            }
            Item {
                width: 1
                height: Theme.space.grid
            }
            Row {
                width: parent.width
                spacing: Theme.space.gap

                SecondaryButton {
                    objectName: "still-there-home"
                    width: (parent.width - parent.spacing) * 0.36
                    text: qsTr("不办了")
                    onClicked: root.journey.act("home")
                }
                PrimaryButton {
                    objectName: "still-there"
                    width: (parent.width - parent.spacing) * 0.64
                    text: qsTr("我还在")
                    onClicked: root.journey.act("stay")
                }
            }
        }
    }
}
