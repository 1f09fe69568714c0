/*
    Ten digits, erase, and on to the other field: for a touch screen or a pointer without a keyboard.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Grid {
    id: root

    required property var words

    signal typed(sign: string)
    signal erased
    signal shifted

    columns: 3
    spacing: 12 * Theme.unit

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "next", "0", "erase"]

        Key {
            required property string modelData
            readonly property bool digit: modelData.length === 1

            objectName: "key_" + modelData
            width: 82 * Theme.unit
            height: 82 * Theme.unit
            words: digit ? modelData : modelData === "erase" ? root.words.erase : root.words.pin
            text: digit ? modelData : ""
            icon: digit ? "" : modelData === "erase" ? "backspace" : "arrow_down"
            onClicked: {
                if (digit)
                    root.typed(modelData);
                else if (modelData === "erase")
                    root.erased();
                else
                    root.shifted();
            }
        }
    }
}
