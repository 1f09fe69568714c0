/*
    尚未配置: this kiosk never had a catalogue; what the technician does.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

MessagePage {
    id: root

    picture: "kiosk"
    headline: qsTr("尚未配置")
    help: qsTr("这台取号机还没有拿到本大厅的办事目录。")

    Column {
        width: parent.width
        spacing: Theme.space.gap

        Words {
            text: qsTr("请技术人员：")
            bold: true
        }
        Repeater {
            model: [qsTr("接好网线，打开排队服务器。"), qsTr("在设置里写上服务器地址，放好大厅密钥文件。"), qsTr("等一会儿，这一页会自己变成首页。")]

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
