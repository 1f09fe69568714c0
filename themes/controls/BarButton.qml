/*
    A cell of the bar at the foot of a page: icon over word, or beside it where the bar is low.

        BarButton { icon: "home"; text: bar.home; onClicked: journey.home() }
        BarButton { icon: "globe"; text: "English"; beside: true }
*/
import QtQuick
import themes

Pressable {
    id: root

    required property string icon
    required property string text
    property bool beside: false
    readonly property color ink: !enabled ? Theme.color.textOff : selected && !pressed ? Theme.color.textOnPrimary : Theme.color.text

    words: text
    ringRadius: Theme.space.keyRadius
    ringInset: 2 * Theme.space.ring
    implicitWidth: Theme.space.cell
    implicitHeight: Theme.space.bar

    Rectangle {
        anchors.fill: parent
        visible: root.pressed || root.selected
        color: root.pressed ? Theme.color.sunken : Theme.color.primary
    }
    Grid {
        anchors.centerIn: parent
        columns: root.beside ? 2 : 1
        columnSpacing: Theme.space.grid
        rowSpacing: Theme.space.grid
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter

        Icon {
            name: root.icon
            color: root.ink
        }
        Words {
            text: root.text
            size: Theme.size.label
            bold: root.selected
            color: root.ink
        }
    }
}
