/*
    您要办哪一项？: the services of one group.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import kiosk.qml.parts

PageFrame {
    id: root

    readonly property bool foretold: hall.services.some(service => service.waitKind === "range")

    headline: qsTr("您要办哪一项？")
    help: journey.maskedName !== "" ? qsTr("%1，您好。点一项继续。").arg(journey.maskedName) : journey.online ? (foretold ? qsTr("等候时间按此刻排队估算。") : qsTr("人数是此刻在排队的。")) : qsTr("请点要办的事项，号码照样有效。")
    rise: Theme.space.grid
    over: Row {
        spacing: Theme.space.gap / 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.hall.groupIcon
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.hall.groupName
            bold: true
            color: Theme.color.primary
        }
    }

    Grid {
        id: grid

        readonly property real tileWidth: (width - (columns - 1) * columnSpacing) / columns
        readonly property int most: root.hall.tileRows
        readonly property real tileHeight: Math.min((most <= 3 ? 300 : 244) * Theme.unit, (parent.height - (most - 1) * rowSpacing) / most)

        width: parent.width
        columns: root.journey.largePrint ? 1 : 2
        columnSpacing: Theme.space.gap
        rowSpacing: Theme.space.gap

        Repeater {
            model: root.hall.services

            ServiceChoice {
                required property var modelData

                objectName: "service-" + modelData.id
                width: grid.tileWidth
                height: grid.tileHeight
                name: modelData.name
                ahead: modelData.ahead
                wait: modelData.wait
                waitKind: modelData.waitKind
                online: modelData.online
                wide: root.journey.largePrint
                onClicked: root.journey.chooseService(modelData.id)
            }
        }
    }
    acts: Column {
        width: parent.width
        spacing: Theme.space.gap

        Turner {
            width: parent.width
            leaves: root.hall.leaves
            leaf: root.journey.leaf
            onTurned: leaf => root.journey.turnLeaf(leaf)
        }
        SecondaryButton {
            objectName: "search"
            width: parent.width
            height: Math.round(112 * Theme.unit)
            icon: "search"
            text: qsTr("没找到？搜全部事项")
            onClicked: root.journey.act("search")
        }
    }
}
