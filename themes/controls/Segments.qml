/*
    A choice between two or three views of the same thing.

        Segments { width: 370; options: [desk.mine, desk.all]; present: 0; onChosen: index => desk.show(index) }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes

Rectangle {
    id: root

    required property list<string> options
    // Index of the option shown, from 0.
    required property int present

    signal chosen(index: int)

    implicitWidth: 370 * Theme.unit
    implicitHeight: Theme.space.target
    radius: Theme.space.buttonRadius
    color: Theme.color.sunken

    Row {
        anchors.fill: parent
        anchors.margins: Theme.space.grid

        Repeater {
            model: root.options

            Pressable {
                id: option

                required property int index
                required property string modelData

                width: parent.width / root.options.length
                height: parent.height
                words: modelData
                selected: index === root.present
                ringRadius: Theme.space.tagRadius
                onClicked: root.chosen(index)

                Rectangle {
                    anchors.fill: parent
                    visible: option.selected || option.pressed
                    radius: Theme.space.keyRadius
                    color: option.selected ? Theme.color.surface : Theme.color.background
                    border.color: Theme.color.line
                    border.width: Theme.space.lineWidth
                }
                Words {
                    anchors.centerIn: parent
                    width: Math.min(implicitWidth, parent.width - Theme.space.grid)
                    text: option.modelData
                    size: Theme.size.label
                    bold: option.selected
                    muted: !option.selected
                }
            }
        }
    }
}
