/*
    The hall at a glance, under the list: three figures on one quiet ground.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    // label and value of each
    required property var figures

    implicitHeight: 70 * Theme.unit
    radius: Theme.space.radius
    color: Theme.color.background
    border.color: Theme.color.line
    border.width: Theme.color.background === Theme.color.surface ? Theme.space.lineWidth : 0

    Row {
        anchors.fill: parent

        Repeater {
            model: root.figures

            Item {
                id: cell

                required property var modelData
                required property int index

                width: root.width / root.figures.length
                height: root.height

                Figure {
                    anchors.centerIn: parent
                    label: cell.modelData.label
                    value: cell.modelData.value
                    centered: true
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.space.lineWidth
                    height: parent.height * 0.6
                    visible: cell.index > 0
                    color: Theme.color.line
                }
            }
        }
    }
}
