// The buttons of the chosen twin: hands above, faults below; turned by pages where the screen is too small for all.
pragma ComponentBehavior: Bound
import QtQuick
import installer.rehearsal.panel
import themes
import themes.controls

Item {
    id: root

    required property PanelModel model
    readonly property int gap: 2 * Theme.space.grid
    readonly property int columns: Math.max(1, Math.floor((width + gap) / (7.2 * Theme.size.label + gap)))
    readonly property int cell: Math.floor((width + gap) / columns) - gap
    // A page less a row: what was cut at its edge is whole on the next one.
    readonly property real page: view.height - up.height - gap
    readonly property bool overlong: column.height > height

    component Section: Column {
        id: section

        required property string title
        required property var buttons

        width: column.width
        spacing: root.gap / 2
        visible: buttons.length > 0

        Words {
            text: section.title
            size: Theme.size.label
            bold: true
            muted: true
        }
        Grid {
            columns: root.columns
            spacing: root.gap

            Repeater {
                model: section.buttons

                PanelButton {
                    required property var modelData

                    objectName: "button-" + modelData.at
                    width: root.cell
                    text: modelData.words
                    onClicked: root.model.press(modelData.at)
                }
            }
        }
    }

    Flickable {
        id: view

        width: parent.width
        height: parent.height - (root.overlong ? pages.height + root.gap : 0)
        contentHeight: column.height
        boundsBehavior: Flickable.StopAtBounds
        clip: root.overlong

        Column {
            id: column

            width: root.width
            spacing: root.gap

            Field {
                width: parent.width
                height: Theme.space.target
                visible: root.model.wantsCode
                editable: true
                icon: "qr"
                text: root.model.code
                placeholder: root.model.words.code
                onEdited: text => root.model.write(text)
            }
            Section {
                title: root.model.words.acts
                buttons: root.model.acts
            }
            Section {
                title: root.model.words.faults
                buttons: root.model.faults
            }
        }
    }
    Row {
        id: pages

        anchors.bottom: parent.bottom
        spacing: root.gap
        visible: root.overlong

        PanelButton {
            id: up

            objectName: "up"
            width: (root.width - root.gap) / 2
            enabled: view.contentY > 0
            text: root.model.words.up
            onClicked: view.contentY = Math.max(0, view.contentY - root.page)
        }
        PanelButton {
            objectName: "down"
            width: (root.width - root.gap) / 2
            enabled: view.contentY < view.contentHeight - view.height - 1
            text: root.model.words.down
            onClicked: view.contentY = Math.min(view.contentHeight - view.height, view.contentY + root.page)
        }
    }
}
