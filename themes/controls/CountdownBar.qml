/*
    How much of a wait is left, or how far something has come.

        CountdownBar { width: parent.width; value: page.secondsLeft / page.seconds }
        CountdownBar { width: parent.width; value: desk.used; kind: "positive" }
*/
import QtQuick
import themes

Rectangle {
    id: root

    // 0 to 1
    required property real value
    // primary, positive, caution or calling
    property string kind: "primary"

    implicitWidth: 952 * Theme.unit
    implicitHeight: Theme.space.grid + Theme.space.lineWidth
    radius: height / 2
    color: Theme.color.track

    Rectangle {
        width: Math.max(0, Math.min(1, root.value)) * parent.width
        height: parent.height
        radius: Math.min(parent.radius, width / 2)
        color: ({
                positive: Theme.color.positive,
                caution: Theme.color.caution,
                calling: Theme.color.calling
            })[root.kind] ?? Theme.color.primary
    }
}
