/*
    A question over the middle column: where to, or why. One press answers it; leaving it changes nothing.
    Some have a line to write in, which goes with the answer or is one by itself.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Card {
    id: root

    required property string title
    required property string help
    // value, title and icon of each
    required property var choices
    required property var words
    // window_client.desk.choices.Entry, or empty
    property var entry: ({})
    property string said: ""

    signal chosen(value: string)
    signal saying(text: string)
    signal closed

    Shortcut {
        sequence: "Esc"
        enabled: root.visible
        onActivated: root.closed()
    }
    PanelHead {
        id: head

        width: parent.width
        title: root.title

        TextButton {
            objectName: "leave_panel"
            text: root.words.back
            icon: "cross"
            size: Theme.size.body
            onClicked: root.closed()
        }
    }
    Words {
        id: help

        x: Theme.space.cardPadding
        anchors.top: head.bottom
        anchors.topMargin: 10 * Theme.unit
        width: parent.width - 2 * x
        text: root.help
        size: Theme.size.label
        lines: 3
        muted: true
    }
    Row {
        id: line

        x: Theme.space.cardPadding
        anchors.top: help.bottom
        anchors.topMargin: visible ? 12 * Theme.unit : 0
        width: parent.width - 2 * x
        height: visible ? Theme.space.target : 0
        visible: root.entry.hint !== undefined
        spacing: Theme.space.gap

        Field {
            objectName: "panel_line"
            width: parent.width - (answer.visible ? answer.width + parent.spacing : 0)
            height: Theme.space.target
            editable: true
            placeholder: root.entry.hint ?? ""
            most: root.entry.most ?? 0
            text: root.said
            onEdited: text => root.saying(text)
            onAccepted: if (answer.visible && answer.enabled) root.chosen("")
        }
        SecondaryButton {
            id: answer

            objectName: "panel_answer"
            visible: (root.entry.answers ?? "") !== ""
            height: Theme.space.target
            text: root.entry.answers ?? ""
            plain: true
            enabled: root.said.trim() !== ""
            onClicked: root.chosen("")
        }
    }
    GridView {
        id: grid

        x: Theme.space.cardPadding
        anchors.top: line.bottom
        anchors.topMargin: 12 * Theme.unit
        anchors.bottom: parent.bottom
        width: parent.width - 2 * x + Theme.space.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        cellWidth: Math.floor(width / 2)
        cellHeight: 70 * Theme.unit
        model: root.choices

        delegate: Item {
            id: cell

            required property var modelData

            width: grid.cellWidth
            height: grid.cellHeight

            SecondaryButton {
                objectName: "choice_" + cell.modelData.value
                width: parent.width - Theme.space.gap
                height: parent.height - Theme.space.gap
                text: cell.modelData.title
                icon: cell.modelData.icon
                plain: true
                onClicked: root.chosen(cell.modelData.value)
            }
        }
    }
}
