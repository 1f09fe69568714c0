/*
    What stands on a button: icon, word, and on desks the key that does the same.
*/
import QtQuick
import themes

Row {
    id: root

    required property string text
    required property string icon
    required property string shortcut
    required property bool iconAfter
    required property int size
    required property color ink
    // Width the face may take; a longer word ends in … rather than pushing the icon out.
    required property real room
    property color keyFill: Theme.color.sunken

    spacing: Math.round(size * 0.35)
    layoutDirection: iconAfter ? Qt.RightToLeft : Qt.LeftToRight

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.icon !== ""
        name: root.icon
        side: Math.round(root.size * (root.size < 30 ? 1.2 : 1.0))
        color: root.ink
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.room - (root.icon === "" ? 0 : root.size * 1.6) - (root.shortcut === "" ? 0 : key.width + root.spacing))
        text: root.text
        size: root.size
        bold: true
        color: root.ink
    }
    KeyName {
        id: key

        anchors.verticalCenter: parent.verticalCenter
        visible: root.shortcut !== ""
        text: root.shortcut
        color: root.keyFill
        ink: root.ink
    }
}
