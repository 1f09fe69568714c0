/*
    What everything that can be pressed has in common: finger, mouse, keyboard, screen reader and focus rings.
    It draws nothing itself; other controls start from it.

        Pressable {
            words: row.title                   // what a screen reader says
            onClicked: list.choose(row.id)
        }

    A press on the keyboard counts when Return, Enter or Space is let go, like a finger; holding the key does not repeat.
    Things to press that stand inside come first.
*/
import QtQuick
import themes

Item {
    id: root

    property string words: ""
    property bool selected: false
    property bool pressable: true
    property bool keyDown: false
    property real ringRadius: Theme.space.tagRadius
    // How far inside the item the rings stand, where neighbours would cover them outside.
    property real ringInset: 0
    readonly property bool pressed: touch.containsPress || keyDown

    signal clicked

    function press() {
        if (enabled && pressable)
            clicked();
    }

    activeFocusOnTab: enabled && pressable

    Accessible.role: pressable ? Accessible.Button : Accessible.StaticText
    Accessible.name: words
    Accessible.focusable: pressable
    Accessible.selected: selected
    Accessible.onPressAction: press()

    Keys.onPressed: event => {
        if (pressable && [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space].includes(event.key)) {
            keyDown = true;
            event.accepted = true;
        }
    }
    Keys.onReleased: event => {
        if (keyDown && !event.isAutoRepeat) {
            keyDown = false;
            event.accepted = true;
            press();
        }
    }
    onActiveFocusChanged: keyDown = false
    onEnabledChanged: keyDown = false

    FocusRings {
        z: 1
        anchors.margins: root.ringInset
        visible: root.activeFocus
        radius: root.ringRadius
    }
    MouseArea {
        id: touch

        z: -1
        anchors.fill: parent
        enabled: root.enabled && root.pressable
        onClicked: root.press()
    }
}
