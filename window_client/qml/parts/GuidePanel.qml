/*
    办事指南 of the service here, over the middle column.
*/
import QtQuick
import themes
import themes.controls

Card {
    id: root

    // label and value of each
    required property var lines
    required property var words

    signal closed

    Shortcut {
        sequence: "Esc"
        enabled: root.visible
        onActivated: root.closed()
    }
    PanelHead {
        id: head

        width: parent.width
        title: root.words.guide

        TextButton {
            objectName: "leave_guide"
            text: root.words.back
            icon: "cross"
            size: Theme.size.body
            onClicked: root.closed()
        }
    }
    ListView {
        x: Theme.space.cardPadding
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.margin
        width: parent.width - 2 * x
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.lines

        delegate: FactLine {
            required property var modelData

            width: ListView.view.width
            label: modelData.label
            value: modelData.value
            labelWidth: 6 * Theme.size.body
            lines: 6
        }
    }
}
