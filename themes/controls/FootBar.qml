/*
    The ground at the foot of a page: six cells on a kiosk, the acts on a desk.

        FootBar {
            width: parent.width
            BarButton { icon: "home"; text: bar.home }
        }

    Children stand in one row in the middle, `spacing` apart.
*/
import QtQuick
import themes

Rectangle {
    id: root

    default property alias content: cells.data
    property real spacing: 0

    implicitWidth: 1080 * Theme.unit
    implicitHeight: Theme.space.bar
    color: Theme.color.surface

    Rectangle {
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
    Row {
        id: cells

        anchors.centerIn: parent
        spacing: root.spacing
    }
}
