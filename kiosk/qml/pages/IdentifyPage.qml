/*
    请放上身份证: the card, or one of the other ways; no document is still a way.
*/
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    headline: journey.reader ? qsTr("请放上身份证") : qsTr("读卡器暂时用不了")
    // Many readers cannot tell a card that was left lying from none, so the word about it holds either way.
    help: !journey.reader ? qsTr("请用下面的办法，一样能取号。") : journey.cardLies ? qsTr("平放在读卡区，放着的请拿起再放。") : qsTr("平放在下方的读卡区，听到“嘀”一声就好。")
    over: Card {
        width: parent.width
        height: Math.max(128 * Theme.unit, chosen.implicitHeight + 2 * Theme.space.gap)

        Column {
            id: chosen

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space.cardPadding
            width: parent.width - change.width - 2 * Theme.space.cardPadding

            Words {
                width: parent.width
                text: root.hall.serviceName
                size: Theme.size.row
                bold: true
                lines: 2
            }
            Words {
                width: parent.width
                visible: root.hall.ahead >= 0
                text: qsTr("前面 %1 人").arg(root.hall.ahead)
                size: Theme.size.label
                muted: true
            }
        }
        TextButton {
            id: change

            objectName: "change-service"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.gap
            anchors.verticalCenter: parent.verticalCenter
            height: parent.height
            text: qsTr("换一项")
            size: Theme.size.body
            onClicked: root.journey.act("change_service")
        }
    }

    Item {
        width: parent.width
        height: parent.height - ways.height - Theme.space.gap
        visible: root.journey.reader

        CardDrawing {
            id: drawing

            anchors.horizontalCenter: parent.horizontalCenter
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: -waiting.height / 2
            // Too small to be understood, the picture gives way to the words.
            visible: scale > 0.35
            scale: Math.min(1.15, (parent.height - waiting.height - 2 * Theme.space.gap) / implicitHeight)
        }
        Row {
            id: waiting

            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            visible: parent.height >= height
            spacing: Theme.space.gap

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 2 * Theme.space.grid
                height: width
                radius: width / 2
                color: Theme.color.primary
            }
            Words {
                text: qsTr("正在等您放卡")
                bold: true
            }
            Words {
                text: qsTr("%1 秒后回到首页").arg(root.journey.secondsLeft)
                muted: true
            }
        }
    }
    Column {
        id: ways

        readonly property real room: parent.height

        y: root.journey.reader ? parent.height - height : 0
        width: parent.width
        spacing: Theme.space.gap

        Strip {
            objectName: "passports"
            width: parent.width
            visible: root.journey.passports
            icon: "passport"
            title: qsTr("持护照、通行证：照片页对准扫码口")
        }
        Words {
            // Where everything is larger and a strip stands above, the ways themselves have the room.
            visible: ways.room >= typing.height + without.height + implicitHeight + 2 * ways.spacing
            text: root.journey.reader ? qsTr("没带身份证？") : qsTr("两种办法")
            size: Theme.size.label
            muted: true
        }
        ChoiceRow {
            id: typing

            objectName: "type-number"
            width: parent.width
            picture: "keypad"
            title: qsTr("自己输入证件号码")
            caption: root.journey.largePrint ? "" : qsTr("在屏幕上打字，号码只显示后四位")
            onClicked: root.journey.act("type_number")
        }
        ChoiceRow {
            id: without

            objectName: "go-without"
            width: parent.width
            picture: "ticket"
            title: qsTr("先取号，到窗口再核对")
            caption: root.journey.largePrint ? "" : qsTr("没带任何证件也能排队")
            onClicked: root.journey.act("go_without")
        }
    }
    acts: Row {
        spacing: Theme.space.gap / 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "lock"
            side: Theme.space.iconSmall
            color: Theme.color.textMuted
        }
        Words {
            width: Math.min(implicitWidth, 900 * Theme.unit)
            text: qsTr("证件信息只用来排号，不印出来，取完号就清除。")
            size: Theme.size.caption
            muted: true
            lines: 2
        }
    }
}
