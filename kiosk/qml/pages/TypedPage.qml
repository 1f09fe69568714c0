/*
    The document's number by hand.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    headline: qsTr("请输入证件号码")
    help: qsTr("居民身份证号 18 位，到窗口再核对。")

    Field {
        id: field

        objectName: "typed"
        width: parent.width
        icon: "id_card"
        text: root.journey.typedShown
        placeholder: qsTr("点下面的数字")
        active: true
        letterSpacing: 2 * Theme.unit

        TextButton {
            objectName: "erase-all"
            visible: root.journey.typedShown !== "" && !root.journey.largePrint
            icon: "cross"
            text: qsTr("清空")
            onClicked: root.journey.act("erase_all")
        }
    }
    NumberKeys {
        anchors.top: field.bottom
        anchors.topMargin: Theme.space.groupGap
        width: parent.width
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
            enabled: root.journey.typedComplete
            onClicked: root.journey.act("accept_typed")
        }
    }
}
