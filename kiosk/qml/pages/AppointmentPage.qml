/*
    The appointment of whoever laid a card, showed its code or typed its number: what its holder finds, and 取号.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property bool busy: journey.page === "issuing"
    readonly property bool usable: journey.arrival === "on_time" || journey.arrival === "late"
    readonly property bool calledOff: journey.arrival === "called_off"
    readonly property string where: [hall.place, hall.windows === "" ? "" : qsTr("%1 号窗口").arg(hall.windows)].filter(part => part !== "").join("\u2003")

    mark: usable ? "check_circle" : "info"
    markColor: usable ? Theme.color.positive : Theme.color.primary
    headline: ({
        on_time: qsTr("您有预约，请取号"),
        late: qsTr("您有预约，来晚了一些"),
        early: qsTr("您来早了"),
        other_day: qsTr("您的预约不是今天"),
        used: qsTr("这个预约已经取过号"),
        cancelled: qsTr("这个预约已经取消"),
        called_off: qsTr("您的预约因停办取消了")
    })[journey.arrival] ?? ""
    help: ({
        on_time: hall.appointmentBegun ? qsTr("没有迟到，按预约的时间排队。") : qsTr("按预约的时间排队，早到不用赶。"),
        late: qsTr("过了预约时间，从现在开始排队。"),
        early: qsTr("%1 起在这里取号，请先坐下等。").arg(hall.appointmentOpens),
        other_day: qsTr("请按预约的时间来，今天也可以现场取号。"),
        used: qsTr("找不到取号单，请到导办台。"),
        cancelled: qsTr("今天可以现场取号，或到导办台问一问。"),
        called_off: qsTr("对不起，让您白跑了。可以现场取号，或到导办台改约。")
    })[journey.arrival] ?? ""

    Card {
        width: parent.width
        height: facts.height

        Column {
            id: facts

            x: Theme.space.cardPadding
            width: parent.width - 2 * Theme.space.cardPadding

            FactRow {
                width: parent.width
                icon: "clock"
                label: qsTr("预约时间")
                value: root.hall.appointmentTime
            }
            FactRow {
                width: parent.width
                icon: "file"
                label: qsTr("事项")
                value: root.hall.serviceName
            }
            FactRow {
                width: parent.width
                icon: "pin"
                label: qsTr("去哪里")
                value: root.where
                ruled: false
            }
        }
    }
    acts: Row {
        width: parent.width
        spacing: Theme.space.gap

        SecondaryButton {
            objectName: "other-matter"
            width: (parent.width - parent.spacing) * 0.41
            text: root.usable || root.calledOff ? qsTr("办别的事") : qsTr("现场取号")
            enabled: !root.busy
            onClicked: root.journey.act("other_matter")
        }
        PrimaryButton {
            objectName: root.usable ? "take-appointment" : root.calledOff ? "walk-in" : "done"
            width: (parent.width - parent.spacing) * 0.59
            text: root.calledOff ? qsTr("现场取号") : !root.usable ? qsTr("好了") : root.busy ? qsTr("正在取号…") : root.journey.printer ? qsTr("取号") : qsTr("无纸取号")
            icon: root.calledOff ? "arrow_right" : !root.usable ? "check" : root.busy ? "" : "arrow_right"
            iconAfter: true
            enabled: !root.busy
            onClicked: root.calledOff ? root.journey.walkIn() : root.journey.act(root.usable ? "take_appointment" : "home")
        }
    }
}
