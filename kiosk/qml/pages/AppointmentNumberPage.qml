/*
    预约取号 without a card: the code to the scanner, or the number of the appointment by hand.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    headline: qsTr("请输入预约号")
    help: journey.reader ? qsTr("也可以放身份证，或扫预约二维码。") : qsTr("也可以扫预约二维码。")

    Field {
        id: field

        objectName: "typed"
        width: parent.width
        icon: "ticket"
        text: root.journey.appointmentNumber
        placeholder: qsTr("点下面的数字")
        active: true
        letterSpacing: 2 * Theme.unit

        TextButton {
            objectName: "erase-all"
            visible: root.journey.appointmentNumber !== "" && !root.journey.largePrint
            icon: "cross"
            text: qsTr("清空")
            onClicked: root.journey.act("erase_all")
        }
    }
    NumberKeys {
        anchors.top: field.bottom
        anchors.topMargin: Theme.space.groupGap
        width: parent.width
        letter: ""
        onTyped: key => root.journey.typeKey(key)
        onErased: root.journey.act("erase")
    }
    acts: Row {
        width: parent.width
        spacing: Theme.space.gap

        SecondaryButton {
            objectName: "go-back"
            width: (parent.width - parent.spacing) * 0.34
            text: qsTr("不输了")
            onClicked: root.journey.act("back")
        }
        PrimaryButton {
            objectName: "accept-typed"
            width: (parent.width - parent.spacing) * 0.66
            text: qsTr("下一步")
            icon: "arrow_right"
            iconAfter: true
            enabled: root.journey.appointmentNumberComplete
            onClicked: root.journey.act("accept_typed")
        }
    }
}
