// The panel of a rehearsal: every twin with its state in a line, the chosen one's buttons, one line that says what happened.
pragma ComponentBehavior: Bound
import QtQuick
import installer.rehearsal.panel
import themes
import themes.controls

Rectangle {
    id: panel

    required property PanelModel model
    readonly property bool upright: height > width
    readonly property int grid: Theme.space.grid
    readonly property int margin: 3 * grid
    readonly property int columns: upright ? 2 : 1

    color: Theme.color.background

    Binding {
        target: Theme
        property: "name"
        value: panel.model.look
    }
    Binding {
        target: Theme
        property: "unit"
        value: panel.upright ? Math.min(panel.width / 1080, panel.height / 1920) : Math.min(panel.width / 1920, panel.height / 1080)
    }

    Strip {
        id: strip

        x: panel.margin
        y: panel.margin
        width: panel.width - 2 * x
        height: Math.max(implicitHeight, turns.height + 2 * panel.grid)
        title: panel.model.said
        kind: panel.model.saidKind

        Row {
            id: turns

            spacing: 2 * panel.grid

            PanelButton {
                objectName: "look"
                width: fitting
                text: panel.model.words[panel.model.nextLook]
                onClicked: panel.model.turnLook()
            }
            PanelButton {
                objectName: "language"
                width: fitting
                text: panel.model.words.language
                onClicked: panel.model.turnLanguage()
            }
        }
    }

    Grid {
        id: rail

        x: panel.margin
        anchors.top: strip.bottom
        anchors.topMargin: panel.margin
        width: panel.upright ? panel.width - 2 * x : Math.round(panel.width * 0.28)
        columns: panel.columns
        spacing: Math.round(1.5 * panel.grid)

        Repeater {
            model: panel.model.twins

            TwinTile {
                required property int index
                required property var modelData

                objectName: modelData.kind
                width: (rail.width - (panel.columns - 1) * rail.spacing) / panel.columns
                title: modelData.title
                icon: modelData.icon
                line: panel.model.lines[index] ?? ""
                room: panel.upright ? natural : Math.floor((panel.height - rail.y - panel.margin) / panel.model.twins.length) - rail.spacing
                selected: index === panel.model.present
                onClicked: panel.model.choose(index)
            }
        }
    }

    Image {
        id: paper

        readonly property bool beside: panel.model.paper !== ""

        anchors.right: parent.right
        anchors.rightMargin: panel.margin
        anchors.top: panel.upright ? rail.bottom : strip.bottom
        anchors.topMargin: panel.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: panel.margin
        width: beside ? Math.round(panel.width * (panel.upright ? 0.3 : 0.2)) : 0
        visible: beside
        source: beside ? "file:" + panel.model.paper : ""
        fillMode: Image.PreserveAspectFit
        verticalAlignment: Image.AlignTop
        Accessible.role: Accessible.Graphic
        Accessible.name: panel.model.words.slip
    }

    Buttons {
        anchors.left: panel.upright ? parent.left : rail.right
        anchors.leftMargin: panel.margin
        anchors.right: paper.left
        anchors.rightMargin: paper.beside ? panel.margin : 0
        anchors.top: panel.upright ? rail.bottom : strip.bottom
        anchors.topMargin: panel.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: panel.margin
        model: panel.model
    }
}
