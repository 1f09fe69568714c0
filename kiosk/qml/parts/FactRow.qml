/*
    One fact to check: picture, what it is, and the fact in bold.

        FactRow { width: parent.width; icon: "person"; label: qsTr("办理人"); value: journey.maskedName }
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    required property string icon
    required property string label
    required property string value
    property bool ruled: true

    implicitHeight: Math.max(108 * Theme.unit, fact.implicitHeight + Theme.space.gap)

    Icon {
        id: mark

        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
    }
    Words {
        id: name

        anchors.left: mark.right
        anchors.leftMargin: Theme.space.gap
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(Theme.size.body * 4.6)
        text: root.label
        muted: true
    }
    Words {
        id: fact

        anchors.left: name.right
        anchors.leftMargin: Theme.space.grid
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: root.value
        size: Theme.size.row
        bold: true
        lines: 2
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(1, Theme.space.lineWidth / 2)
        visible: root.ruled
        color: Theme.color.line
    }
}
