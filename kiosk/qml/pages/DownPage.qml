/*
    系统故障: the group cannot be served whatever window is open, so that a number would only be waited for in vain.
*/
import QtQuick
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "warning"
    kind: "caution"
    headline: qsTr("系统故障，暂时办不了")
    help: qsTr("请先办别的事，或到导办台问什么时候恢复。")

    acts: PrimaryButton {
        objectName: "done"
        width: parent.width
        text: qsTr("回首页")
        onClicked: root.journey.act("home")
    }
}
