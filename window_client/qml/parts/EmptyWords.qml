/*
    What stands in a column that has nothing to show: an icon, a line, a second line.
*/
import QtQuick
import themes
import themes.controls

Column {
    id: root

    required property string icon
    required property string title
    property string caption: ""

    spacing: 10 * Theme.unit

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: root.icon
        side: 44 * Theme.unit
        color: Theme.color.edge
    }
    Words {
        width: parent.width
        text: root.title
        lines: 2
        horizontalAlignment: Text.AlignHCenter
        muted: true
    }
    Words {
        width: parent.width
        visible: root.caption !== ""
        text: root.caption
        size: Theme.size.label
        lines: 2
        horizontalAlignment: Text.AlignHCenter
        muted: true
    }
}
