/*
    搜事项: by the first letter of each character's sound.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels
import kiosk.qml.parts

Item {
    id: root

    required property JourneyModel journey
    required property HallModel hall
    required property TicketModel ticket
    readonly property int count: hall.found.length

    Column {
        id: head

        x: Theme.space.margin
        y: Theme.space.grid
        width: parent.width - 2 * x
        spacing: Theme.space.grid

        Headline {
            width: parent.width
            size: Theme.size.headlineLong
            text: qsTr("搜事项")
        }
        Words {
            width: parent.width
            text: qsTr("按拼音首字母，如：社保卡 → SBK")
            muted: true
            lines: 2
        }
        Item {
            width: 1
            height: Theme.space.grid
        }
        Field {
            objectName: "query"
            width: parent.width
            icon: "search"
            text: root.journey.query
            placeholder: qsTr("点下面的字母")
            active: true
            letterSpacing: 6 * Theme.unit

            TextButton {
                objectName: "erase-all"
                visible: root.journey.query !== ""
                icon: "cross"
                text: qsTr("清空")
                onClicked: root.journey.act("erase_all")
            }
        }
    }
    Item {
        id: count

        anchors.top: head.bottom
        anchors.topMargin: Theme.space.gap
        x: Theme.space.margin
        width: parent.width - 2 * x
        height: found.implicitHeight
        visible: root.count > 0

        Words {
            id: found

            text: root.journey.query === "" ? qsTr("比如") : qsTr("找到 %1 项").arg(root.count)
            size: Theme.size.label
            bold: true
        }
        Words {
            anchors.right: parent.right
            text: qsTr("点一项继续")
            size: Theme.size.label
            muted: true
        }
    }
    Card {
        id: list

        // Rows that fit without crowding: fewer when words are larger or longer.
        readonly property int nameLines: root.journey.largePrint || root.journey.english ? 2 : 1
        readonly property real least: Theme.size.row * 1.45 * nameLines + (root.journey.largePrint ? 0 : Theme.size.caption * 1.45) + Theme.space.gap
        readonly property real room: hint.y - y - Theme.space.gap
        readonly property int rows: Math.max(1, Math.min(5, Math.floor(room / least)))
        readonly property real rowHeight: Math.min(Math.max(least, 148 * Theme.unit), room / rows)
        readonly property list<var> shown: root.hall.found.slice(0, rows)

        anchors.top: count.bottom
        anchors.topMargin: Theme.space.grid
        x: Theme.space.margin
        width: parent.width - 2 * x
        height: shown.length * rowHeight
        visible: root.count > 0

        Column {
            width: parent.width

            Repeater {
                model: list.shown

                ListRow {
                    id: row

                    required property int index
                    required property var modelData
                    readonly property bool down: modelData.waitKind === "down"

                    objectName: "service-" + modelData.id
                    width: list.width
                    height: list.rowHeight
                    title: modelData.name
                    match: modelData.start === 0 ? modelData.length : 0
                    caption: !down && modelData.ahead >= 0 && !root.journey.largePrint ? [qsTr("前面 %1 人").arg(modelData.ahead), modelData.wait].filter(part => part !== "").join(qsTr("，")) : ""
                    lines: list.nameLines
                    ruled: index < list.shown.length - 1
                    onClicked: root.journey.chooseService(modelData.id)

                    Words {
                        anchors.verticalCenter: parent?.verticalCenter
                        visible: row.down || root.journey.query === ""
                        text: row.down ? row.modelData.wait : row.modelData.initials
                        size: row.down ? Theme.size.label : Theme.size.body
                        bold: true
                        color: row.down ? Theme.color.caution : Theme.color.primary
                        font.letterSpacing: row.down ? 0 : 2 * Theme.unit
                    }
                }
            }
        }
    }
    Words {
        id: hint

        anchors.bottom: keys.top
        anchors.bottomMargin: Theme.space.gap
        x: Theme.space.margin
        width: parent.width - 2 * x
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("没有您要的？点右下角“找人帮忙”。")
        size: Theme.size.label
        muted: true
    }
    LetterKeys {
        id: keys

        anchors.bottom: parent.bottom
        width: parent.width
        live: root.hall.nextKeys
        erasable: root.journey.query !== ""
        onTyped: key => root.journey.typeKey(key)
        onErased: root.journey.act("erase")
    }
}
