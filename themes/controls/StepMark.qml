/*
    Where the citizen is: one bar with a word per step, filled up to the present one.

        StepMark { width: parent.width; steps: journey.steps; present: 1 }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes

Row {
    id: root

    required property list<string> steps
    // Index of the present step, from 0.
    required property int present

    spacing: Theme.space.gap

    Repeater {
        model: root.steps

        Item {
            id: mark

            required property int index
            required property string modelData
            readonly property bool reached: index <= root.present

            width: (root.width - (root.steps.length - 1) * root.spacing) / root.steps.length
            height: Theme.space.step

            Rectangle {
                width: parent.width
                height: Theme.space.grid
                radius: height / 2
                color: mark.reached ? Theme.color.primary : Theme.color.track
            }
            Words {
                anchors.bottom: parent.bottom
                text: (mark.index + 1) + " " + mark.modelData
                size: Theme.size.caption
                bold: mark.index === root.present
                color: mark.index === root.present ? Theme.color.primary : Theme.color.textMuted
            }
        }
    }
}
