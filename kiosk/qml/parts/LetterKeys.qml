/*
    Letters to type initials with. Letters that lead nowhere lose their edge: a wrong one cannot be typed.

        LetterKeys { width: parent.width; live: hall.nextKeys; erasable: journey.query !== ""; onTyped: key => … }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    required property list<string> live
    property bool erasable: false

    signal typed(key: string)
    signal erased

    implicitHeight: rows.height + 2 * Theme.space.groupGap
    color: Theme.color.sunken

    Column {
        id: rows

        anchors.centerIn: parent
        spacing: 2 * Theme.space.keyGap

        Repeater {
            model: ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"]

            Row {
                id: line

                required property int index
                required property string modelData

                anchors.horizontalCenter: parent?.horizontalCenter
                spacing: Theme.space.keyGap

                Repeater {
                    model: line.modelData.split("")

                    Key {
                        required property string modelData

                        objectName: "key-" + modelData
                        text: modelData
                        enabled: root.live.includes(modelData)
                        onClicked: root.typed(modelData)
                    }
                }
                Key {
                    objectName: "key-erase"
                    visible: line.index === 2
                    wide: 2
                    icon: "backspace"
                    text: qsTr("删除")
                    enabled: root.erasable
                    onClicked: root.erased()
                }
            }
        }
    }
}
