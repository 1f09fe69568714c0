/*
    您来办什么事？: search and the groups; in large print one column, and a person as the main button.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property bool large: journey.largePrint
    readonly property bool greeted: journey.maskedName !== ""

    headline: greeted ? qsTr("%1，您好").arg(journey.maskedName) : large ? qsTr("您好，办什么事？") : qsTr("您来办什么事？")
    help: greeted ? qsTr("请选要办的事，身份证可以先收好。") : large ? qsTr("点一下您要办的那一行。") : journey.reader ? qsTr("点一类开始。带了身份证，也可以直接放上来。") : qsTr("点一类开始。")

    Field {
        id: field

        objectName: "search"
        width: booked.visible ? parent.width - booked.width - Theme.space.gap : parent.width
        height: visible ? implicitHeight : 0
        visible: !root.large
        icon: "search"
        placeholder: booked.visible ? qsTr("搜事项：拼音首字母") : qsTr("搜事项：输入名称的拼音首字母，如 SBK")
        onClicked: root.journey.act("search")
    }
    SecondaryButton {
        id: booked

        objectName: "appointment"
        anchors.right: parent.right
        width: Math.round(parent.width * 0.34)
        height: field.height
        visible: !root.large && root.hall.appointments
        icon: "clock"
        text: qsTr("预约取号")
        onClicked: root.journey.act("appointment")
    }
    Grid {
        id: grid

        readonly property real tileWidth: (width - (columns - 1) * columnSpacing) / columns
        readonly property int rows_: Math.max(1, Math.ceil(root.hall.groups.length / columns))
        readonly property real room: parent.height - y - (turner.visible ? turner.height + Theme.space.gap : 0)
        readonly property real tileHeight: Math.min(268 * Theme.unit, (room - (rows_ - 1) * rowSpacing) / rows_)

        anchors.top: field.bottom
        anchors.topMargin: root.large ? 0 : Theme.space.groupGap
        width: parent.width
        columns: root.large ? 1 : 2
        columnSpacing: Theme.space.gap
        rowSpacing: Theme.space.gap

        Repeater {
            model: root.hall.groups

            Loader {
                id: cell

                required property var modelData

                width: grid.tileWidth
                height: grid.tileHeight
                sourceComponent: root.large ? row : tile

                Component {
                    id: tile

                    ServiceTile {
                        objectName: "group-" + cell.modelData.id
                        picture: cell.modelData.icon
                        title: cell.modelData.name
                        captions: cell.modelData.down === "" ? cell.modelData.captions : []
                        foot: cell.modelData.down
                        kind: foot === "" ? "plain" : "caution"
                        onClicked: root.journey.chooseGroup(cell.modelData.id)
                    }
                }
                Component {
                    id: row

                    ChoiceRow {
                        objectName: "group-" + cell.modelData.id
                        picture: cell.modelData.icon
                        title: cell.modelData.name
                        caption: warns ? cell.modelData.down : cell.modelData.captions.join(root.journey.english ? ", " : "、")
                        tight: true
                        warns: cell.modelData.down !== ""
                        size: Theme.size.title
                        onClicked: root.journey.chooseGroup(cell.modelData.id)
                    }
                }
            }
        }
    }
    Turner {
        id: turner

        anchors.top: grid.bottom
        anchors.topMargin: Theme.space.gap
        width: parent.width
        leaves: root.hall.leaves
        leaf: root.journey.leaf
        onTurned: leaf => root.journey.turnLeaf(leaf)
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        SecondaryButton {
            objectName: "appointment"
            width: parent.width
            visible: root.large && root.hall.appointments
            icon: "clock"
            text: qsTr("预约取号")
            onClicked: root.journey.act("appointment")
        }
        PrimaryButton {
            objectName: "ask-help"
            width: parent.width
            visible: root.large
            icon: "headset"
            text: qsTr("请工作人员来帮我")
            onClicked: root.journey.act("help")
        }
    }
}
