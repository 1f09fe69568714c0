/*
    A card above the reader, and an arrow between them.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Item {
    id: root

    implicitWidth: Math.round(490 * Theme.unit)
    implicitHeight: Math.round(370 * Theme.unit)

    Rectangle {
        id: card

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.round(254 * Theme.unit)
        height: Math.round(162 * Theme.unit)
        radius: Theme.space.keyRadius
        color: Theme.color.surface
        border.color: Theme.color.primary
        border.width: Math.round(5 * Theme.unit)

        Column {
            x: 24 * Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            spacing: 24 * Theme.unit

            Repeater {
                model: [96, 72, 100, 96]

                Rectangle {
                    required property int modelData

                    width: modelData * Theme.unit
                    height: Theme.space.grid
                    radius: height / 2
                    color: Theme.color.edge
                }
            }
        }
        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: 24 * Theme.unit
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(78 * Theme.unit)
            height: Math.round(94 * Theme.unit)
            radius: Theme.space.tagRadius
            color: Theme.color.primarySoft
            border.color: Theme.color.primary
            border.width: Math.round(4 * Theme.unit)

            Icon {
                anchors.centerIn: parent
                name: "person"
                side: Math.round(66 * Theme.unit)
            }
        }
    }
    Rectangle {
        id: reader

        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.round(142 * Theme.unit)
        radius: Theme.space.radius
        color: Theme.color.sunken
        border.color: Theme.color.edge
        border.width: Math.round(4 * Theme.unit)

        Rectangle {
            anchors.centerIn: parent
            width: Math.round(320 * Theme.unit)
            height: Math.round(92 * Theme.unit)
            radius: Theme.space.tagRadius
            color: Theme.color.surface
            border.color: Theme.color.line
            border.width: Theme.space.lineWidth

            Icon {
                anchors.centerIn: parent
                name: "wifi"
                side: Math.round(84 * Theme.unit)
            }
        }
    }
    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        y: (card.height + reader.y - height) / 2
        name: "arrow_down"
        side: Math.round(64 * Theme.unit)
    }
}
