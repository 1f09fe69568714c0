/*
    A word on a soft fill: the class of a ticket, the state of a service.

        Tag { text: ticket.className; kind: "positive" }

    `kind` is plain, primary, positive, caution, negative or calling.
*/
import QtQuick
import themes

Rectangle {
    id: root

    required property string text
    property string kind: "plain"
    property int size: Theme.size.caption
    readonly property color ink: ({
            primary: Theme.color.primary,
            positive: Theme.color.positive,
            caution: Theme.color.caution,
            negative: Theme.color.negative,
            calling: Theme.color.calling
        })[kind] ?? Theme.color.textMuted

    implicitWidth: word.implicitWidth + Math.round(size * 1.1)
    implicitHeight: Math.round(size * 1.7)
    radius: Theme.space.tagRadius
    border.color: ink
    border.width: Theme.color.surface === color ? Theme.space.lineWidth : 0
    color: ({
            primary: Theme.color.primarySoft,
            positive: Theme.color.positiveSoft,
            caution: Theme.color.cautionSoft,
            negative: Theme.color.negativeSoft,
            calling: Theme.color.callingSoft
        })[kind] ?? Theme.color.sunken

    Words {
        id: word

        anchors.centerIn: parent
        text: root.text
        size: root.size
        bold: true
        color: root.ink
    }
}
