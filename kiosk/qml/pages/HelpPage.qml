/*
    找人帮忙: what was done about it, and nothing that was not.
*/
import QtQuick
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "headset"
    headline: journey.helpNotice === "sent" ? qsTr("已经通知工作人员") : journey.helpNotice === "sending" ? qsTr("正在通知工作人员") : qsTr("请到导办台找工作人员")
    help: journey.helpNotice === "not_sent" ? qsTr("这台机器暂时连不上大厅系统，通知发不出去。") : qsTr("请在这里等一下，也可以直接到导办台。")

    acts: PrimaryButton {
        objectName: "go-on"
        width: parent.width
        text: qsTr("我自己继续办")
        onClicked: root.journey.act("back")
    }
}
