/*
    The band at the head of a page: mark, hall name, date and time.

        TopBand { width: parent.width; title: hall.name; date: clock.date; time: clock.time }
        TopBand { width: parent.width; title: desk.window; captions: [desk.group, desk.clerk]; filled: true }

    Children stand at the right, before the date.
*/
import QtQuick
import themes

Rectangle {
    id: root

    default property alias content: right.data
    required property string title
    property string icon: "service_hall"
    property list<string> captions: []
    property string date: ""
    property string time: ""
    property bool filled: false

    readonly property int apart: root.filled ? Theme.space.groupGap : 2.5 * Theme.space.grid

    implicitWidth: 1080 * Theme.unit
    implicitHeight: Theme.space.band
    color: filled ? Theme.color.surface : Theme.color.background

    Row {
        x: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.apart

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(Theme.space.band * (root.filled ? 0.3 : 0.235)) * 2
            height: width
            radius: width / 4
            color: Theme.color.primary

            Icon {
                anchors.centerIn: parent
                name: root.icon
                side: Math.round(parent.width * 0.66)
                color: Theme.color.textOnPrimary
            }
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.title
            size: root.filled ? Theme.size.title : Theme.size.body
            bold: true
        }
        Repeater {
            model: root.captions

            Words {
                required property string modelData

                anchors.verticalCenter: parent.verticalCenter
                text: modelData
                size: Theme.size.label
                muted: true
            }
        }
    }
    Row {
        id: right

        anchors.right: stamp.left
        anchors.rightMargin: children.length > 0 ? root.apart : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.apart / 2
    }
    Row {
        id: stamp

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.apart

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.date
            size: Theme.size.label
            muted: true
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.time
            size: Theme.size.figure
            bold: true
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        visible: root.filled
        color: Theme.color.line
    }
}
