/*
    A cell of the bar at the foot of a page: icon over word, or beside it where the bar is low.

        BarButton { icon: "home"; text: bar.home; onClicked: journey.home() }
        BarButton { icon: "globe"; text: "English"; beside: true }
*/
import QtQuick
import themes

Item {
    id: root

    required property string icon
    required property string text
    property bool beside: false
    property bool selected: false
    readonly property bool pressed: touch.containsPress
    readonly property color ink: !enabled ? Theme.color.textOff : selected ? Theme.color.primary : Theme.color.text

    signal clicked

    implicitWidth: Theme.space.cell
    implicitHeight: Theme.space.bar
    activeFocusOnTab: enabled

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.selected: selected
    Accessible.onPressAction: if (root.enabled) root.clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onSpacePressed: clicked()

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.space.grid
        visible: root.pressed || root.selected
        radius: Theme.space.keyRadius
        color: root.pressed ? Theme.color.sunken : Theme.color.primarySoft
    }
    Grid {
        anchors.centerIn: parent
        columns: root.beside ? 2 : 1
        columnSpacing: Theme.space.grid
        rowSpacing: Theme.space.grid / 2
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
    FocusRings {
        visible: root.activeFocus
        anchors.margins: 2 * ring
        radius: Theme.space.keyRadius
    }
    MouseArea {
        id: touch

        anchors.fill: parent
        enabled: root.enabled
        onClicked: root.clicked()
    }
}
