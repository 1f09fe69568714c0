/*
    A group of services: picture, name, up to two lines of examples.

        ServiceTile {
            picture: "umbrella"
            title: group.name
            captions: group.examples     // one or two strings, one line each
            onClicked: home.open(group.id)
        }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes

RaisedTile {
    id: root

    required property string picture
    required property string title
    property list<string> captions: []

    words: [title, ...captions].join(", ")
    implicitWidth: 464 * Theme.unit
    implicitHeight: Math.max(220 * Theme.unit, lines.implicitHeight + 2 * Theme.space.gap)

    Picture {
        id: square

        x: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        name: root.picture
        off: !root.enabled
    }
    Column {
        id: lines

        anchors.left: square.right
        anchors.leftMargin: Theme.space.tilePadding
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding / 2
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.title
            size: Theme.size.title
            bold: true
            lines: root.captions.length > 1 ? 1 : 2
            color: root.ink
        }
        Repeater {
            model: root.captions

            Words {
                required property string modelData

                width: parent.width
                text: modelData
                size: Theme.size.caption
                color: root.enabled ? Theme.color.textMuted : Theme.color.textOff
            }
        }
    }
}
