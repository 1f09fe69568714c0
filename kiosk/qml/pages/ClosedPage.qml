/*
    No numbers of this group now: when again, and what can be done meanwhile.
*/
import QtQuick
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "clock"
    headline: qsTr("现在不取号")
    help: hall.nextOpening === "" ? qsTr("请到导办台问办理时间。") : qsTr("下次取号时间：%1。已经取的号照样有效。").arg(hall.nextOpening)

    acts: PrimaryButton {
        objectName: "done"
        width: parent.width
        text: qsTr("回首页")
        onClicked: root.journey.act("home")
    }
}
