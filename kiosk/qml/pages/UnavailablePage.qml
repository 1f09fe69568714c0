/*
    No number can be written here now; nothing was given, nothing is lost.
*/
import QtQuick
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "warning"
    kind: "caution"
    headline: qsTr("这台机器暂时取不了号")
    help: qsTr("没有取到号。请用旁边的机器，或到导办台取号。")

    acts: PrimaryButton {
        objectName: "done"
        width: parent.width
        text: qsTr("回首页")
        onClicked: root.journey.act("home")
    }
}
