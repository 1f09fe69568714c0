/*
    Ten digits, X (or nothing in its place) and 删除.

        NumberKeys { width: parent.width; onTyped: key => journey.typeKey(key); onErased: journey.act("erase") }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Grid {
    id: root

    readonly property real keyWidth: (width - 2 * columnSpacing) / 3

    property string letter: "X"

    signal typed(key: string)
    signal erased

    columns: 3
    columnSpacing: Theme.space.gap
    rowSpacing: Theme.space.gap

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", root.letter, "0"]

        Key {
            required property string modelData

            objectName: "key-" + modelData
            width: root.keyWidth
            height: Math.round(136 * Theme.unit)
            text: modelData
            opacity: modelData === "" ? 0 : 1
            enabled: modelData !== ""
            onClicked: root.typed(modelData)
        }
    }
    Key {
        objectName: "key-erase"
        width: root.keyWidth
        height: Math.round(136 * Theme.unit)
        icon: "backspace"
        text: qsTr("删除")
        onClicked: root.erased()
    }
}
