/*
    One service of a group: its name, and under a line how many wait and how long who comes now will.

        ServiceChoice { name: row.name; ahead: row.ahead; wait: row.wait; waitKind: row.waitKind; online: row.online; onClicked: journey.chooseService(row.id) }
*/
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string name
    // People ahead; −1 when not known: then nothing is said.
    required property int ahead
    // How long, in words; empty when not known. Its kind is that of hall.waiting, or down: then the words are 系统故障.
    property string wait: ""
    property string waitKind: ""
    property bool online: false
    // As wide as the page: how many wait then stands beside the name.
    property bool wide: false
    readonly property bool down: waitKind === "down"
    // Of nothing that can be done it does not matter how many wait.
    readonly property string people: ahead >= 0 && !down ? qsTr("前面 %1 人").arg(ahead) : ""
    readonly property bool paused: waitKind === "paused" || down
    readonly property bool footed: !wide && (people !== "" || down)

    words: [name, people, wait].filter(part => part !== "").join(", ")

    Column {
        id: title

        x: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: root.footed ? -foot.height / 2 : 0
        width: parent.width - 2 * Theme.space.tilePadding - (beside.visible ? beside.width + Theme.space.gap : 0)
        spacing: Math.round(Theme.space.grid / 2)

        Words {
            id: called

            width: parent.width
            text: root.name
            size: Theme.size.row
            bold: true
            lines: root.wide || root.online && root.height < 280 * Theme.unit ? 2 : 3
            lineHeight: root.footed ? 1.1 : 1.25
            color: root.ink
        }
        Tag {
            // The name comes first where there is room for one of them only.
            visible: root.online && called.height + implicitHeight + 3 * Theme.space.grid < root.height - (root.footed ? foot.height : 0)
            text: qsTr("可网办")
            kind: "primary"
        }
    }
    Column {
        id: beside

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.wide && (root.people !== "" || root.down)

        Words {
            anchors.right: parent.right
            visible: text !== ""
            text: root.people
            size: Theme.size.label
            muted: true
        }
        Words {
            anchors.right: parent.right
            visible: text !== ""
            text: root.wait
            size: Theme.size.label
            bold: root.waitKind !== "range"
            color: root.waitKind === "range" ? root.ink : Theme.color.caution
        }
    }
    TileFoot {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.footed
        start: root.paused ? root.wait : root.people
        end: root.paused ? root.people : root.wait
        kind: root.paused ? "caution" : root.waitKind === "may_not" ? "late" : "plain"
    }
}
