/*
    找人帮忙: what was done about it, and nothing that was not.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "headset"
    headline: journey.helpNotice === "sent" ? qsTr("已经通知工作人员") : journey.helpNotice === "sending" ? qsTr("正在通知工作人员") : qsTr("请到导办台找工作人员")
    help: journey.helpNotice === "not_sent" ? qsTr("这台机器暂时连不上大厅系统，通知发不出去。") : qsTr("请在这里等一下，也可以直接到导办台。")

    // For the colleague who comes: the one place of the screen that tells it.
    readonly property string refused: journey.refused === "" ? "" : qsTr("工作人员请看：服务器没有接受本机，取号照常。%1").arg(journey.refused)
    readonly property string unsent: journey.unsent > 0 ? qsTr("工作人员请看：还有 %1 条记录没有传到服务器，连上后会自己补传，请不要关机或移走本机。").arg(journey.unsent) : ""

    Words {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.gap
        width: parent.width
        visible: text !== "" && !root.journey.online
        text: [root.refused, root.unsent].filter(words => words !== "").join("\n")
        size: Theme.size.label
        muted: true
        lines: 6
    }

    acts: PrimaryButton {
        objectName: "go-on"
        width: parent.width
        text: qsTr("我自己继续办")
        onClicked: root.journey.act("back")
    }
}
