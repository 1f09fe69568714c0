/*
    One fact in a row: its name muted, what it is beside it, a hairline below.
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    required property string label
    required property string value
    property bool strong: false
    property int lines: 1
    property real labelWidth: 4.5 * Theme.size.body

    implicitHeight: Math.max(44 * Theme.unit, said.implicitHeight + 16 * Theme.unit)

    Words {
        y: (44 * Theme.unit - height) / 2
        width: root.labelWidth - Theme.space.grid
        text: root.label
        muted: true
    }
    Words {
        id: said

        x: root.labelWidth
        y: lineCount > 1 ? 8 * Theme.unit : (44 * Theme.unit - height) / 2
        width: parent.width - x
        text: root.value
        bold: root.strong
        lines: root.lines
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
}
