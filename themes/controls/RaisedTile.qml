/*
    The base of everything that can be pressed: a surface standing on a solid lower edge.

        RaisedTile {
            words: group.name            // what a screen reader says
            onClicked: desk.choose(group.id)

            Words { anchors.centerIn: parent; text: group.name }
        }

    Pressed, the surface sinks by the depth of its edge at once. Not `enabled`, it loses its edge and fill but keeps its
    place and width; its content should then use `ink`, which turns to text_off.
*/
import QtQuick
import themes

Pressable {
    id: root

    default property alias content: surface.data
    // Without fill and frame while not enabled, as on keys.
    property bool bare: false
    property color fill: Theme.color.surface
    property color pressedFill: fill
    property color edge: selected ? Theme.color.primary : Theme.color.edge
    property color frame: selected ? Theme.color.primary : Theme.color.line
    property color ink: enabled ? Theme.color.text : Theme.color.textOff
    property real radius: Theme.space.radius
    readonly property int depth: Theme.space.edgeDepth

    implicitWidth: Theme.space.target
    implicitHeight: Theme.space.target
    ringRadius: radius

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

        readonly property color offFill: root.bare ? "transparent" : Theme.color.background

        y: root.pressed || !root.enabled ? root.depth : 0
        width: parent.width
        height: parent.height - root.depth
        radius: root.radius
        color: !root.enabled ? offFill : root.pressed ? root.pressedFill : root.fill
        border.color: root.enabled ? root.frame : Theme.color.line
        border.width: root.bare && !root.enabled ? 0 : Theme.space.lineWidth
    }
}
