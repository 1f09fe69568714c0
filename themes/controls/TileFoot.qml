/*
    The wait at the foot of a service's tile: people ahead on the left, minutes on the right, so that the eye can compare.
    `kind` is that of a ServiceTile, or late: the end alone warns.
*/
import QtQuick
import themes

Item {
    id: root

    required property string start
    required property string end
    required property string kind
    readonly property color ink: ({
            off: Theme.color.textOff,
            positive: Theme.color.positive,
            caution: Theme.color.caution,
            late: Theme.color.caution
        })[kind] ?? Theme.color.text

    implicitHeight: Math.round(Theme.size.label * 2.6)

    Rectangle {
        x: Theme.space.tilePadding
        width: parent.width - 2 * x
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
    Row {
        x: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.kind === "caution"
            name: "pause_circle"
            side: Theme.space.iconSmall
            color: root.ink
        }
        Words {
            width: Math.min(implicitWidth, root.width - finish.width - 3 * Theme.space.tilePadding)
            text: root.start
            size: Theme.size.label
            color: root.kind === "caution" || root.kind === "off" ? root.ink : Theme.color.textMuted
        }
    }
    Row {
        id: finish

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.kind === "positive"
            name: "check_circle"
            side: Theme.space.iconSmall
            color: root.ink
        }
        Words {
            text: root.end
            size: Theme.size.label
            bold: root.kind === "positive" || root.kind === "caution" || root.kind === "late"
            color: root.ink
        }
    }
}
