/*
    The slip coming out of its slot, with its number on it.

        SlipDrawing { number: ticket.number }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Item {
    id: root

    required property string number
    readonly property real paperX: 60 * Theme.unit
    readonly property real paperWidth: width - 2 * paperX
    readonly property int teeth: 12

    implicitWidth: Math.round(420 * Theme.unit)
    implicitHeight: Math.round(280 * Theme.unit)

    Repeater {
        model: root.teeth

        Rectangle {
            required property int index
            readonly property real tooth: root.paperWidth / root.teeth

            x: root.paperX + (index + 0.5) * tooth - width / 2
            y: paper.y + paper.height - height / 2
            width: tooth * 0.7071
            height: width
            rotation: 45
            color: Theme.color.paper
            border.color: Theme.color.edge
            border.width: Theme.space.lineWidth
        }
    }
    Rectangle {
        id: slot

        width: parent.width
        height: Math.round(52 * Theme.unit)
        radius: height / 2
        color: Theme.color.edge
    }
    Rectangle {
        id: paper

        x: root.paperX
        y: slot.height / 2
        width: root.paperWidth
        height: root.height - y - 12 * Theme.unit
        color: Theme.color.paper

        Rectangle {
            width: Theme.space.lineWidth
            height: parent.height
            color: Theme.color.edge
        }
        Rectangle {
            anchors.right: parent.right
            width: Theme.space.lineWidth
            height: parent.height
            color: Theme.color.edge
        }
        Column {
            anchors.centerIn: parent
            spacing: Theme.space.gap / 2

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: 120 * Theme.unit
                height: Theme.space.grid
                radius: height / 2
                color: Theme.color.track
            }
            NumberWords {
                anchors.horizontalCenter: parent.horizontalCenter
                text: root.number
                room: root.paperWidth - 2 * Theme.space.grid
                wanted: Math.round((text.length <= 4 ? 76 : text.length <= 6 ? 60 : 52) * Theme.unit)
                bold: true
                color: Theme.color.ink
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: 176 * Theme.unit
                height: Theme.space.grid
                radius: height / 2
                color: Theme.color.track
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: 140 * Theme.unit
                height: Theme.space.grid
                radius: height / 2
                color: Theme.color.track
            }
        }
    }
    Rectangle {
        x: 30 * Theme.unit
        y: slot.height / 2 - height
        width: parent.width - 2 * x
        height: Math.round(10 * Theme.unit)
        radius: height / 2
        color: Theme.color.ink
    }
}
