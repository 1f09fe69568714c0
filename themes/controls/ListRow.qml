/*
    One row of a list inside a card: icon, a bold line, a second line, something at the right.

        ListRow { title: service.name; caption: service.wait; onClicked: search.choose(service.id) }
        ListRow { title: ticket.number; selected: true; Words { text: ticket.waited } }
        ListRow { title: fact.name; pressable: false; ruled: false }

        ListRow { title: paper.name; pressable: false; lead: TickBox { ticked: paper.received } }

    `match` marks that many first characters in primary. Children stand at the right, before the arrow; `lead` stands at
    the left, where otherwise the icon is.
*/
import QtQuick
import themes

Pressable {
    id: root

    default property alias content: right.data
    property alias lead: front.data
    // Width kept for `lead`; set it to line up rows whose leads differ in width.
    property real leadWidth: front.width
    required property string title
    property string caption: ""
    property string icon: ""
    property int match: 0
    property int lines: 1
    property bool ruled: true
    property bool arrow: pressable
    property int padding: Theme.space.cardPadding

    words: caption === "" ? title : title + ", " + caption
    ringRadius: Theme.space.keyRadius
    ringInset: 2 * Theme.space.ring
    implicitWidth: 952 * Theme.unit
    implicitHeight: Math.max(Theme.space.target, lines.implicitHeight + 5 * Theme.space.grid)

    Rectangle {
        id: ground

        anchors.fill: parent
        anchors.margins: Theme.space.grid
        visible: root.selected || root.pressed
        radius: Theme.space.keyRadius
        color: root.pressed ? Theme.color.sunken : Theme.color.primarySoft
        border.color: Theme.color.primary
        // Where a theme has no soft fill, a frame says the same.
        border.width: color === Theme.color.surface ? Theme.space.lineWidth : 0
    }
    Rectangle {
        x: root.padding
        anchors.bottom: parent.bottom
        width: parent.width - 2 * root.padding
        height: Math.max(1, Theme.space.lineWidth / 2)
        visible: root.ruled && !ground.visible
        color: Theme.color.line
    }
    Icon {
        id: mark

        x: root.padding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.icon !== ""
        name: root.icon
        color: root.enabled ? Theme.color.primary : Theme.color.textOff
    }
    Row {
        id: front

        x: root.padding
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: lines

        readonly property real indent: root.icon !== "" ? mark.width + 2 * Theme.space.grid : root.leadWidth > 0 ? root.leadWidth + 2 * Theme.space.grid : 0

        anchors.left: parent.left
        anchors.leftMargin: root.padding + indent
        anchors.right: right.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.match > 0 ? root.marked() : root.title
            textFormat: root.match > 0 ? Text.StyledText : Text.PlainText
            size: Theme.size.row
            bold: true
            lines: root.lines
            color: root.enabled ? Theme.color.text : Theme.color.textOff
        }
        Words {
            width: parent.width
            visible: root.caption !== ""
            text: root.caption
            size: Theme.size.caption
            color: root.enabled ? Theme.color.textMuted : Theme.color.textOff
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: root.padding + (root.arrow ? chevron.width + Theme.space.grid : 0)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.gap
    }
    Icon {
        id: chevron

        anchors.right: parent.right
        anchors.rightMargin: root.padding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.arrow
        name: "chevron_right"
        side: Theme.space.iconSmall
        color: root.enabled ? Theme.color.primary : Theme.color.textOff
    }

    function marked(): string {
        const plain = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
        return `<font color="${Theme.color.primary}">${plain(title.slice(0, match))}</font>${plain(title.slice(match))}`;
    }
}
