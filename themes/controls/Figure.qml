/*
    A figure with its name over it: people ahead, minutes to wait, windows open.

        Figure { icon: "people"; label: card.aheadLabel; value: card.ahead }
        Figure { label: load.oldest; value: load.minutes; centered: true }
*/
import QtQuick
import themes

Column {
    id: root

    required property string label
    required property string value
    property string icon: ""
    property bool centered: false
    property color ink: Theme.color.text
    property int size: Theme.size.figure

    Row {
        anchors.horizontalCenter: root.centered ? parent.horizontalCenter : undefined
        spacing: Theme.space.grid

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            name: root.icon
            side: Theme.space.iconSmall
            color: Theme.color.textMuted
        }
        Words {
            text: root.label
            size: Theme.size.label
            muted: true
        }
    }
    Words {
        anchors.horizontalCenter: root.centered ? parent.horizontalCenter : undefined
        text: root.value
        size: root.size
        bold: true
        color: root.ink
    }
}
