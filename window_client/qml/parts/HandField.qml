/*
    One field of a line, its name above it.
*/
import QtQuick
import themes
import themes.controls

Column {
    id: root

    required property string label
    property alias text: field.text
    property alias wrong: field.wrong
    property string name: ""

    signal edited(text: string)
    signal accepted

    function take(): void {
        field.take();
    }

    spacing: 2 * Theme.unit

    Words {
        width: parent.width
        text: root.label
        size: Theme.size.caption
        muted: true
    }
    Field {
        id: field

        objectName: root.name
        width: parent.width
        height: Theme.space.target
        editable: true
        latin: true
        onEdited: text => root.edited(text)
        onAccepted: root.accepted()
    }
}
