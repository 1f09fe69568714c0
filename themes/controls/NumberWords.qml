/*
    A ticket's number: never cut, never ended in … It is drawn smaller where the room is too narrow for it.

        NumberWords { text: ticket.number; wanted: Theme.size.number; room: parent.width }
*/
import QtQuick
import themes

Words {
    id: root

    // Size where there is room enough.
    required property int wanted
    // Greatest width; 0: any.
    property real room: 0
    readonly property real natural: metrics.advanceWidth

    size: room > 0 && natural > room ? Math.floor(wanted * room / natural) : wanted
    elide: Text.ElideNone

    TextMetrics {
        id: metrics

        font.family: root.font.family
        font.pixelSize: root.wanted
        font.weight: root.font.weight
        font.features: root.font.features
        text: root.text
    }
}
