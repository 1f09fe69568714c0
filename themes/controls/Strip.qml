/*
    A message across the page: what happened, and what still holds or what to do.

        Strip { kind: "caution"; icon: "wifi_off"; title: notice.title; caption: notice.advice }
        Strip { kind: "negative"; title: fault.title; SecondaryButton { text: fault.act } }

    `kind` is info, caution, negative, positive or calling; it chooses colours and, unless given, the icon.
*/
import QtQuick
import themes

Rectangle {
    id: root

    default property alias content: right.data
    required property string title
    property string caption: ""
    property string kind: "info"
    property string icon: ({
            caution: "warning",
            negative: "warning",
            positive: "check_circle",
            calling: "bell"
        })[kind] ?? "info"
    readonly property color ink: ({
            caution: Theme.color.caution,
            negative: Theme.color.negative,
            positive: Theme.color.positive,
            calling: Theme.color.calling
        })[kind] ?? Theme.color.primary

    implicitWidth: 952 * Theme.unit
    implicitHeight: lines.implicitHeight + 5 * Theme.space.grid
    radius: Theme.space.stripRadius
    border.color: ink
    border.width: Theme.color.surface === color ? Theme.space.lineWidth : 0
    color: ({
            caution: Theme.color.cautionSoft,
            negative: Theme.color.negativeSoft,
            positive: Theme.color.positiveSoft,
            calling: Theme.color.callingSoft
        })[kind] ?? Theme.color.primarySoft

    Accessible.role: Accessible.AlertMessage
    Accessible.name: caption === "" ? title : title + ", " + caption

    Icon {
        id: mark

        x: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
        side: Theme.space.iconStrip
        color: root.ink
    }
    Column {
        id: lines

        anchors.left: mark.right
        anchors.leftMargin: Theme.space.tilePadding
        anchors.right: right.left
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.title
            bold: true
            lines: 2
        }
        Words {
            width: parent.width
            visible: root.caption !== ""
            text: root.caption
            size: Theme.size.label
            lines: 2
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: children.length > 0 ? Theme.space.tilePadding : 0
        anchors.verticalCenter: parent.verticalCenter
    }
}
