/*
    One button in the middle, to press and to reach by Tab.
*/
import QtQuick
import themes
import themes.controls

Rectangle {
    width: 400
    height: 200
    color: Theme.color.background

    SecondaryButton {
        objectName: "button"
        anchors.centerIn: parent
        width: 200
        height: 120
        text: "返回"
    }
}
