/*
    No numbers here yet: this kiosk never had a catalogue (尚未配置), or its data are a copy and it must meet the server
    once. Where citizens go meanwhile, and what the technician does.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    readonly property bool copied: journey.copied
    readonly property var forTechnician: copied ? [qsTr("接好网线，打开排队服务器。"), qsTr("连上一次后，这一页会自己变成首页。"), qsTr("已经取的号都有效，记录会自己补传。")] : [qsTr("接好网线，打开排队服务器。"), qsTr("在设置里写上服务器地址，放好大厅密钥文件。"), qsTr("等一会儿，这一页会自己变成首页。")]

    picture: "kiosk"
    headline: copied ? qsTr("这台机器先不取号") : qsTr("尚未配置")
    help: copied ? qsTr("请到别的取号机取号，或找导办台。") : qsTr("这台取号机还没有拿到本大厅的办事目录。")

    Column {
        width: parent.width
        spacing: Theme.space.gap

        Words {
            width: parent.width
            visible: root.copied && !root.journey.english // the bar with the language is not here
            text: "Please use another kiosk, or ask at the help desk."
            muted: true
            lines: 2
        }
        Words {
            width: parent.width
            visible: root.copied
            text: qsTr("本机的数据是复制或恢复来的，要和服务器联系一次。")
            lines: 2
        }
        Words {
            text: qsTr("请技术人员：")
            bold: true
        }
        Repeater {
            model: root.forTechnician

            Row {
                id: line

                required property int index
                required property string modelData

                spacing: Theme.space.gap

                Words {
                    text: line.index + 1
                    bold: true
                    color: Theme.color.primary
                }
                Words {
                    width: Math.round(860 * Theme.unit)
                    text: line.modelData
                    lines: 2
                }
            }
        }
    }
}
