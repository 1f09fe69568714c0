/*
    One key of an on-screen keyboard. A key that leads nowhere is not `enabled`: it loses its edge and fill.

        Key { text: "S"; onClicked: search.type("S") }
        Key { text: keys.erase; icon: "backspace"; wide: 2 }
*/
import QtQuick
import themes

RaisedTile {
    id: root

    property string text: ""
    property string icon: ""
    // Widths of a key this one takes.
    property real wide: 1

    words: text
    implicitWidth: wide * Theme.space.keyWidth + (wide - 1) * Theme.space.keyGap
    implicitHeight: Theme.space.keyHeight
    radius: Theme.space.keyRadius
    bare: true

    Row {
        anchors.centerIn: parent
        spacing: Theme.space.grid

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            name: root.icon
            side: Theme.space.iconSmall
            color: root.ink
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.text !== ""
            text: root.text
            size: root.text.length > 1 ? Theme.size.label : Theme.size.title
            bold: root.enabled
            color: root.ink
        }
    }
}
