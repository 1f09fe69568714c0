/*
    What every page has: steps, an optional line over the headline, headline, help, content, and acts above the bar.

        PageFrame {
            headline: qsTr("您要办哪一项？")
            Grid { anchors.fill: parent }
            acts: PrimaryButton { width: parent.width; text: qsTr("好了") }
        }
*/
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels

Item {
    id: root

    required property JourneyModel journey
    required property HallModel hall
    required property TicketModel ticket
    default property alias content: body.data
    property alias over: over.data
    property alias acts: acts.data
    property alias mark: mark.name
    property color markColor: Theme.color.positive
    property string headline: ""
    property string help: ""
    // Blank above the headline, taller on pages with little to show.
    property real rise: (journey.step >= 0 ? 48 : 40) * Theme.unit

    Item {
        anchors.fill: parent
        anchors.leftMargin: Theme.space.margin
        anchors.rightMargin: Theme.space.margin

        StepMark {
            id: steps

            width: parent.width
            visible: root.journey.step >= 0
            height: visible ? implicitHeight : 0
            steps: [qsTr("选事项"), qsTr("核身份"), qsTr("取号")]
            present: root.journey.step
        }
        Column {
            id: over

            anchors.top: steps.bottom
            anchors.topMargin: children.length > 0 ? 32 * Theme.unit : 0
            width: parent.width
        }
        Icon {
            id: mark

            anchors.verticalCenter: question.verticalCenter
            visible: name !== ""
            name: ""
            side: Theme.size.headline
            color: root.markColor
        }
        Headline {
            id: question

            anchors.top: over.bottom
            anchors.topMargin: root.headline === "" ? 0 : root.rise
            x: mark.visible ? mark.width + Theme.space.gap : 0
            width: parent.width - x
            height: root.headline === "" ? 0 : implicitHeight
            text: root.headline
        }
        Words {
            id: answer

            anchors.top: question.bottom
            anchors.topMargin: root.help === "" ? 0 : Theme.space.grid
            width: parent.width
            height: root.help === "" ? 0 : implicitHeight
            text: root.help
            muted: true
            lines: 2
        }
        Item {
            id: body

            anchors.top: answer.bottom
            anchors.topMargin: Theme.space.groupGap
            anchors.bottom: acts.top
            anchors.bottomMargin: Theme.space.groupGap
            width: parent.width
        }
        Item {
            id: acts

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.space.barGap
            width: parent.width
            height: childrenRect.height
        }
    }
}
