/*
    How long who would come now waits, a line for each group: what colleagues at the door and on the phone ask.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Column {
    id: root

    // title, wait and warns of each
    required property var waits

    Repeater {
        model: root.waits

        Item {
            id: line

            required property var modelData

            width: root.width
            height: Math.round(1.7 * Theme.size.caption)

            Words {
                anchors.left: parent.left
                anchors.right: wait.left
                anchors.rightMargin: Theme.space.grid
                anchors.verticalCenter: parent.verticalCenter
                text: line.modelData.title
                size: Theme.size.caption
                muted: true
            }
            Words {
                id: wait

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: line.modelData.wait
                size: Theme.size.caption
                bold: true
                color: line.modelData.warns ? Theme.color.caution : Theme.color.text
            }
        }
    }
}
