/*
    The group's numbers of today are all given.
*/
import QtQuick
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "ticket"
    headline: qsTr("今天的号取完了")
    help: hall.nextFree === "" ? qsTr("请到导办台，工作人员会告诉您哪天来、去哪里办。") : qsTr("最早可以预约：%1。请在网上约，或到导办台约。").arg(hall.nextFree)

    acts: PrimaryButton {
        objectName: "done"
        width: parent.width
        text: qsTr("回首页")
        onClicked: root.journey.act("home")
    }
}
