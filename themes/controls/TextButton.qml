/*
    A link-like word inside a card; drawn small, pressed over a full row.

        TextButton { text: page.change; onClicked: page.choose() }
        TextButton { text: desk.guide; icon: "book" }
*/
import QtQuick
import themes

Pressable {
    id: root

    required property string text
    property string icon: ""
    property int size: Theme.size.label

    words: text
    implicitWidth: face.implicitWidth + 2 * Theme.space.grid
    implicitHeight: Theme.space.target

    Rectangle {
        anchors.fill: parent
        visible: root.pressed
        radius: Theme.space.tagRadius
        color: Theme.color.sunken
    }
    Row {
        id: face

        anchors.centerIn: parent
        spacing: Theme.space.grid

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            name: root.icon
            side: Theme.space.iconSmall
            color: root.enabled ? Theme.color.primary : Theme.color.textOff
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            size: root.size
            bold: true
            color: root.enabled ? Theme.color.primary : Theme.color.textOff
        }
    }
}
