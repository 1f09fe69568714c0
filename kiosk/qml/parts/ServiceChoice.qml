/*
    One service of a group: its name, and under a line how many wait and what else is worth knowing.

        ServiceChoice { name: row.name; ahead: row.ahead; online: row.online; onClicked: journey.chooseService(row.id) }
*/
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string name
    // People ahead; −1 when not known: then nothing is said.
    required property int ahead
    property bool online: false
    // As wide as the page: how many wait then stands beside the name.
    property bool wide: false
    readonly property bool footed: !wide && (ahead >= 0 || online)

    words: name

    Words {
        id: title

        x: Theme.space.tilePadding
        width: parent.width - 2 * Theme.space.tilePadding - (beside.visible ? beside.width + Theme.space.gap : 0)
        height: root.footed ? parent.height - foot.height : parent.height
        text: root.name
        size: Theme.size.row
        bold: true
        lines: root.wide ? 2 : 3
        color: root.ink
    }
    Words {
        id: beside

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.wide && root.ahead >= 0
        text: qsTr("前面 %1 人").arg(root.ahead)
        size: Theme.size.label
        muted: true
    }
    Item {
        id: foot

        x: Theme.space.tilePadding
        anchors.bottom: parent.bottom
        width: parent.width - 2 * Theme.space.tilePadding
        height: Math.round(Theme.size.label * 2.3)
        visible: root.footed

        Rectangle {
            width: parent.width
            height: Math.max(1, Theme.space.lineWidth / 2)
            color: Theme.color.line
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.ahead >= 0
            text: qsTr("前面 %1 人").arg(root.ahead)
            size: Theme.size.label
            muted: true
        }
        Tag {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.online
            text: qsTr("可网办")
            kind: "primary"
        }
    }
}
