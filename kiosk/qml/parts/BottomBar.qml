/*
    The bar: always the same six in the same order.
*/
import QtQuick
import themes.controls
import kiosk.viewmodels

FootBar {
    id: root

    required property JourneyModel journey
    readonly property real cell: width / 6

    BarButton {
        objectName: "bar-home"
        width: root.cell
        height: root.height
        icon: "home"
        text: qsTr("首页")
        enabled: root.journey.awayFromHome
        onClicked: root.journey.act("home")
    }
    BarButton {
        objectName: "bar-back"
        width: root.cell
        height: root.height
        icon: "back"
        text: qsTr("返回")
        enabled: root.journey.canGoBack
        onClicked: root.journey.act("back")
    }
    BarButton {
        objectName: "bar-large-print"
        width: root.cell
        height: root.height
        icon: "elder"
        text: root.journey.largePrint ? qsTr("标准版") : qsTr("长辈版")
        selected: root.journey.largePrint
        onClicked: root.journey.act("large_print")
    }
    BarButton {
        objectName: "bar-contrast"
        width: root.cell
        height: root.height
        icon: "accessibility"
        text: qsTr("无障碍")
        selected: root.journey.highContrast
        onClicked: root.journey.act("contrast")
    }
    BarButton {
        objectName: "bar-english"
        width: root.cell
        height: root.height
        icon: "globe"
        text: root.journey.english ? "中文" : "English"
        onClicked: root.journey.act("english")
    }
    BarButton {
        objectName: "bar-help"
        width: root.cell
        height: root.height
        icon: "headset"
        text: qsTr("找人帮忙")
        selected: root.journey.page === "help"
        onClicked: root.journey.act("help")
    }
}
