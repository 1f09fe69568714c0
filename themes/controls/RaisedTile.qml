/*
    The base of everything that can be pressed: a surface standing on a solid lower edge.

        RaisedTile {
            words: group.name            // what a screen reader says
            onClicked: desk.choose(group.id)

            Words { anchors.centerIn: parent; text: group.name }
        }

    Pressed, the surface sinks by the depth of its edge at once. Not `enabled`, it loses its edge and fill but keeps its
    place and width; its content should then use `ink`, which turns to text_off. Return, Enter and Space press it too.
*/
import QtQuick
import themes

Item {
    id: root

    default property alias content: surface.data
    property string words: ""
    property bool selected: false
    // Without fill and frame while not enabled, as on keys.
    property bool bare: false
    property color fill: Theme.color.surface
    property color pressedFill: fill
    property color edge: selected ? Theme.color.primary : Theme.color.edge
    property color frame: selected ? Theme.color.primary : Theme.color.line
    property real radius: Theme.space.radius
    property color ink: enabled ? Theme.color.text : Theme.color.textOff

    readonly property bool pressed: touch.containsPress || keyDown
    readonly property int depth: Theme.space.edgeDepth
    property bool keyDown: false

    signal clicked

    implicitWidth: Theme.space.target
    implicitHeight: Theme.space.target
    activeFocusOnTab: enabled

    Accessible.role: Accessible.Button
    Accessible.name: words
    Accessible.focusable: true
    Accessible.selected: selected
    Accessible.onPressAction: if (root.enabled) root.clicked()

    Keys.onPressed: event => {
        if (!event.isAutoRepeat && [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space].includes(event.key)) {
            keyDown = true;
            event.accepted = true;
        }
    }
    Keys.onReleased: event => {
        if (!event.isAutoRepeat && keyDown) {
            keyDown = false;
            event.accepted = true;
            clicked();
        }
    }
    onActiveFocusChanged: keyDown = false
    onEnabledChanged: keyDown = false

    Rectangle {
        y: root.depth
        width: parent.width
        height: parent.height - root.depth
        visible: root.enabled && !root.pressed
        radius: root.radius
        color: root.edge
    }

    Rectangle {
        id: surface

        y: root.pressed || !root.enabled ? root.depth : 0
        width: parent.width
        height: parent.height - root.depth
        radius: root.radius
        color: !root.enabled ? (root.bare ? "transparent" : Theme.color.background) : root.pressed ? root.pressedFill : root.fill
        border.color: root.enabled ? root.frame : Theme.color.line
        border.width: root.enabled || !root.bare ? Theme.space.lineWidth : 0
    }

    FocusRings {
        visible: root.activeFocus
        radius: root.radius
    }

    MouseArea {
        id: touch

        anchors.fill: parent
        enabled: root.enabled
        onClicked: root.clicked()
    }
}
