// One twin in the list of all: what it is and how it is now.
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string title
    required property string icon
    required property string line
    // The height it may take where all must stand under each other.
    property real room: natural
    readonly property real natural: Math.max(Theme.space.target, 2.75 * Theme.size.label + 2 * Theme.space.grid)
    // Too low for two lines: both stand in one.
    readonly property bool low: room < natural

    words: title + ", " + line
    height: Math.min(room, natural)
    radius: Theme.space.buttonRadius / 2
    fill: selected ? Theme.color.primarySoft : Theme.color.surface

    TextMetrics {
        id: metrics

        text: root.title
        font.family: Theme.family
        font.pixelSize: Theme.size.label
        font.weight: Font.Bold
    }
    Icon {
        id: mark

        x: 2 * Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
    }
    Grid {
        id: lines

        anchors.left: mark.right
        anchors.leftMargin: 2 * Theme.space.grid
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        columns: root.low ? 2 : 1
        columnSpacing: 2 * Theme.space.grid
        verticalItemAlignment: Grid.AlignVCenter

        Words {
            id: name

            width: root.low ? Math.min(lines.width, Math.ceil(metrics.advanceWidth) + 1) : lines.width
            text: root.title
            size: Theme.size.label
            bold: true
            lineHeight: 0.87
        }
        Words {
            objectName: "state"
            width: lines.width - (root.low ? name.width + lines.columnSpacing : 0)
            text: root.line
            size: Theme.size.caption
            muted: true
            lineHeight: 0.87
        }
    }
}
