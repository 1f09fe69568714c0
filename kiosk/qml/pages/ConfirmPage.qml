/*
    请核对，然后取号: four facts, the papers, priority. Stays, with its button off, while the number is being written.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property bool busy: journey.page === "issuing"
    readonly property string where: [hall.place, hall.windows === "" ? "" : qsTr("%1 号窗口").arg(hall.windows)].filter(part => part !== "").join("\u2003")

    // English words in large print need every line: what they wait stood on the page before.
    readonly property bool crowded: journey.largePrint && journey.english
    readonly property string wait: crowded ? "" : hall.wait

    headline: qsTr("请核对，然后取号")
    help: crowded ? "" : journey.returning ? qsTr("补件：材料带齐了就取号，这次排队往前提。") : qsTr("不对的地方，点“换一项”或“返回”改。")

    // Papers give way when the rest needs the room: the slip lists them all.
    readonly property real paperRow: Math.round(Theme.size.body * 1.75)
    readonly property real paperRoom: all.parent.height - factCard.height - favour.height - 2 * Theme.space.gap
    readonly property int paperCount: Math.max(0, Math.min(hall.papers.length, 5, Math.floor((paperRoom - paperFrame.height) / (paperRow + Theme.space.grid))))

    Column {
        id: all

        width: parent.width
        spacing: Theme.space.gap

        Card {
            id: factCard

            width: parent.width
            height: facts.height

            Column {
                id: facts

                x: Theme.space.cardPadding
                width: parent.width - 2 * Theme.space.cardPadding

                FactRow {
                    width: parent.width
                    icon: "person"
                    label: qsTr("办理人")
                    value: root.journey.identity === "card" ? root.journey.maskedName : root.journey.identity === "typed" ? qsTr("手输证件，到窗口核对") : qsTr("到窗口再核对")
                }
                FactRow {
                    width: parent.width
                    icon: "file"
                    label: qsTr("事项")
                    value: root.hall.serviceName
                }
                FactRow {
                    width: parent.width
                    icon: "people"
                    label: qsTr("排队")
                    value: root.hall.ahead >= 0 ? [qsTr("前面 %1 人").arg(root.hall.ahead), root.wait].filter(part => part !== "").join(qsTr("，") + (root.journey.largePrint ? "\n" : "")) : qsTr("以现场为准")
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
        Card {
            width: parent.width
            height: papers.height + 2 * Theme.space.tilePadding
            visible: root.paperCount > 0

            Column {
                id: papers

                x: Theme.space.cardPadding
                y: Theme.space.tilePadding
                width: parent.width - 2 * Theme.space.cardPadding
                spacing: Theme.space.grid

                Words {
                    readonly property int wanted: root.hall.papers.length

                    text: root.paperCount >= wanted ? qsTr("请备好这些") : root.journey.printer ? qsTr("请备好 %1 样，取号单上列全了").arg(wanted) : qsTr("请备好 %1 样，窗口会全部告诉您").arg(wanted)
                    size: Theme.size.row
                    bold: true
                }
                Repeater {
                    model: root.hall.papers.slice(0, root.paperCount)

                    Item {
                        id: paper

                        required property var modelData

                        width: papers.width
                        height: root.paperRow

                        Icon {
                            id: tick

                            anchors.verticalCenter: parent.verticalCenter
                            name: "check_circle"
                            side: Theme.space.iconSmall
                            color: Theme.color.positive
                        }
                        Words {
                            id: what

                            anchors.left: tick.right
                            anchors.leftMargin: Theme.space.gap
                            anchors.verticalCenter: parent.verticalCenter
                            width: Math.min(implicitWidth, parent.width - x)
                            text: paper.modelData.name
                            bold: true
                        }
                        Words {
                            anchors.left: what.right
                            anchors.leftMargin: Theme.space.gap
                            anchors.right: parent.right
                            anchors.baseline: what.baseline
                            visible: width > 8 * font.pixelSize
                            text: paper.modelData.note
                            size: Theme.size.caption
                            muted: true
                        }
                    }
                }
                Rectangle {
                    width: parent.width
                    height: Math.max(1, Theme.space.lineWidth / 2)
                    color: Theme.color.line
                }
                Words {
                    width: parent.width
                    text: qsTr("少一样也可以先取号，窗口会一次告诉您还缺什么。")
                    size: Theme.size.label
                    muted: true
                    lines: 2
                }
            }
        }
        Item {
            id: favour

            width: parent.width
            height: root.journey.entitled ? byAge.height : byButton.height

            Strip {
                id: byAge

                width: parent.width
                visible: root.journey.entitled
                kind: "positive"
                icon: "star"
                title: qsTr("已按年龄给您优先")
            }
            ChoiceRow {
                id: byButton

                objectName: "priority"
                width: parent.width
                visible: !root.journey.entitled
                picture: root.journey.claimed ? "check" : "star"
                title: root.journey.claimed ? qsTr("已选优先，再点取消") : qsTr("我符合优先条件")
                caption: root.journey.claimed ? qsTr("到窗口请出示有关证件") : root.hall.priorityWords
                selected: root.journey.claimed
                arrow: !root.journey.claimed
                enabled: !root.busy
                onClicked: root.journey.act("priority")
            }
        }
    }
    // What the card of papers needs beside its rows.
    Item {
        id: paperFrame

        height: 2 * Theme.space.tilePadding + Math.round(Theme.size.row * 1.5) + 2 * Theme.space.grid + Math.round(Theme.size.label * (root.journey.largePrint ? 3.2 : 1.7))
    }
    acts: Row {
        width: parent.width
        spacing: Theme.space.gap

        SecondaryButton {
            id: change

            objectName: "change-service"
            width: (parent.width - parent.spacing) * 0.34
            visible: !root.journey.returning
            text: qsTr("换一项")
            enabled: !root.busy
            onClicked: root.journey.act("change_service")
        }
        PrimaryButton {
            objectName: "take-number"
            width: change.visible ? (parent.width - parent.spacing) * 0.66 : parent.width
            text: root.busy ? qsTr("正在取号…") : root.journey.printer ? qsTr("取号") : qsTr("无纸取号")
            icon: root.busy ? "" : "arrow_right"
            iconAfter: true
            enabled: !root.busy
            onClicked: root.journey.act("take_number")
        }
    }
}
