/*
    谁先于我: the numbers called before this one though they came later, each with its reason; never who they are.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property int most: journey.largePrint ? 5 : 9
    readonly property int leaves: Math.ceil(ticket.before.length / most)
    readonly property var reasons: ({
            appointment: qsTr("预约"),
            priority: qsTr("优先"),
            returning: qsTr("补件"),
            chosen: qsTr("窗口指定叫号"),
            back: qsTr("叫过，回来再叫"),
            away: qsTr("当时您过号或挂起"),
            without: qsTr("没取号，窗口直接办"),
            late: qsTr("当时您的号还没传到"),
            placed: qsTr("只能由一个窗口叫")
        })

    headline: qsTr("%1 个号比您先叫到").arg(ticket.before.length)
    help: qsTr("取号比您晚，按规定先叫。只列号码，不说是谁。")
    rise: Theme.space.grid

    Column {
        width: parent.width

        Repeater {
            model: root.ticket.before.slice(root.journey.leaf * root.most, (root.journey.leaf + 1) * root.most)

            Item {
                id: row

                required property var modelData

                width: parent.width
                height: Math.round(Theme.size.row * 2.4)

                Words {
                    id: number

                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.round(Theme.size.row * 5.6)
                    text: row.modelData.number
                    size: Theme.size.row
                    bold: true
                }
                Words {
                    anchors.left: number.right
                    anchors.right: time.left
                    anchors.rightMargin: Theme.space.grid
                    anchors.verticalCenter: parent.verticalCenter
                    text: [root.reasons[row.modelData.why] ?? "", row.modelData.why === "appointment" ? row.modelData.slot : ""].filter(part => part !== "").join(" ")
                    lines: 2
                }
                Words {
                    id: time

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("按 %1 计").arg(row.modelData.time)
                    muted: true
                }
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Math.max(1, Theme.space.lineWidth / 2)
                    color: Theme.color.line
                }
            }
        }
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Turner {
            width: parent.width
            leaves: root.leaves
            leaf: root.journey.leaf
            onTurned: leaf => root.journey.turnLeaf(leaf)
        }
        Countdown {
            width: parent.width
            journey: root.journey
            icon: "id_card"
            reminder: root.journey.cardLies ? qsTr("身份证别忘拿") : ""
        }
        PrimaryButton {
            objectName: "done"
            width: parent.width
            text: qsTr("好了")
            icon: "check"
            iconAfter: true
            onClicked: root.journey.act("back")
        }
    }
}
