/*
    The strip under the band, only when something is not as usual; the most pressing one.
*/
import QtQuick
import themes.controls
import kiosk.viewmodels

Strip {
    id: root

    required property JourneyModel journey
    required property HallModel hall
    readonly property bool choosing: ["home", "services", "search", "identify", "typed", "confirm", "appointment_number", "issuing"].includes(journey.page)
    readonly property string matter: {
        if (journey.page === "paper_out")
            return "paper_out";
        if (!choosing)
            return "";
        if (journey.trouble !== "")
            return journey.trouble;
        if (journey.page === "home" && hall.nextOpening !== "")
            return "closed";
        if (!journey.printer)
            return journey.online ? "no_paper" : "no_paper_offline";
        return journey.online ? "" : "offline";
    }
    readonly property string told: journey.online ? qsTr("请告诉工作人员来看一下。") : qsTr("请告诉工作人员。")

    visible: matter !== ""
    kind: matter === "closed" ? "info" : "caution"
    icon: ({
        paper_out: "printer",
        unreadable: "id_off",
        not_ours: "qr",
        wrong_number: "keypad",
        no_appointment: "keypad",
        too_many_tries: "keypad",
        closed: "clock",
        no_paper: "printer",
        no_paper_offline: "printer",
        offline: "cloud_off"
    })[matter] ?? "info"
    title: ({
        paper_out: journey.paper === "unknown" ? qsTr("不确定取号单有没有打好") : qsTr("取号单没能打出来"),
        unreadable: qsTr("身份证没读出来"),
        not_ours: qsTr("这个码在这里用不上"),
        wrong_number: qsTr("证件号码不对，请核对"),
        no_appointment: qsTr("没有找到这个预约"),
        too_many_tries: qsTr("刚才试的预约号太多了"),
        closed: qsTr("现在不取号"),
        no_paper: qsTr("这台机器暂时出不了取号单"),
        no_paper_offline: qsTr("暂时连不上大厅系统，取号照常"),
        offline: qsTr("暂时连不上大厅系统，取号照常")
    })[matter] ?? ""
    caption: ({
        paper_out: told,
        unreadable: qsTr("请拿起来，再平放一次。"),
        not_ours: qsTr("请出示本大厅取号单上的二维码。"),
        wrong_number: qsTr("居民身份证号是 18 位，最后一位可能是 X。"),
        no_appointment: qsTr("请核对预约号，或到导办台问一问。"),
        too_many_tries: qsTr("请过一分钟再试，或到导办台请工作人员帮您找。"),
        closed: qsTr("下次取号时间：%1").arg(hall.nextOpening),
        no_paper: qsTr("号码会显示在屏幕上，请拍照或记下。"),
        no_paper_offline: qsTr("暂时出不了取号单，请拍照记下号码。"),
        offline: qsTr("等候人数以现场为准，请看叫号屏，听广播。")
    })[matter] ?? ""
}
