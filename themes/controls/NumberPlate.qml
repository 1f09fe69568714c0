/*
    A ticket's number, as large as its count of signs allows.

        NumberPlate { text: ticket.number }                    // in primary, on a card
        NumberPlate { text: window.number; plate: true; size: Theme.size.figure }

    `plate` sets it on the plate colours, as window numbers hang on the wall.
*/
import QtQuick
import themes

Rectangle {
    id: root

    required property string text
    property bool plate: false
    property color ink: plate ? Theme.color.textOnPlate : Theme.color.primary
    property int size: text.length <= 4 ? Theme.size.number : text.length <= 6 ? Theme.size.numberMedium : Theme.size.numberLong

    // Greatest width; 0: any. A number too long for it is drawn smaller.
    property real room: 0

    implicitWidth: figures.implicitWidth + (plate ? size * 0.6 : 0)
    implicitHeight: Math.round(size * (plate ? 1.4 : 1.0))
    radius: size * 0.2
    color: plate ? Theme.color.plate : "transparent"

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    NumberWords {
        id: figures

        anchors.centerIn: parent
        // Digits sit low in this typeface.
        anchors.verticalCenterOffset: -Math.round(root.size * 0.065)
        text: root.text
        wanted: root.size
        room: root.room
        bold: true
        color: root.ink
        lineHeight: 1
    }
}
