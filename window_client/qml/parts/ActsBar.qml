/*
    The acts, always in the same places and widths, each with its key; the main one changes its word with the state.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

Rectangle {
    id: root

    required property DeskModel desk
    readonly property var widths: [146, 158, 170, 142, 174]

    implicitHeight: Theme.space.bar
    color: Theme.color.surface

    Rectangle {
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
    Row {
        id: acts

        x: 20 * Theme.unit
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.gap

        Repeater {
            model: root.widths

            SecondaryButton {
                id: button

                required property int index
                required property real modelData
                readonly property var act: root.desk.acts[index]

                objectName: act.act
                width: modelData * Theme.unit
                height: Theme.space.action
                text: act.words
                icon: act.icon
                shortcut: act.key
                plain: true
                enabled: act.allowed
                onClicked: root.desk.act(act.act)

                Shortcut {
                    sequence: button.act.key
                    enabled: button.enabled && button.visible
                    onActivated: root.desk.act(button.act.act)
                }
            }
        }
    }
    NoteWords {
        anchors.left: acts.right
        anchors.leftMargin: Theme.space.margin
        anchors.right: main.left
        anchors.rightMargin: Theme.space.margin
        height: parent.height
        note: root.desk.note
        undoWords: root.desk.undoWords
        onUndone: root.desk.act("undo")
    }
    PrimaryButton {
        id: main

        readonly property var act: root.desk.main

        objectName: act.act
        anchors.right: parent.right
        anchors.rightMargin: 20 * Theme.unit
        anchors.verticalCenter: parent.verticalCenter
        width: 204 * Theme.unit
        text: act.words
        icon: act.icon
        shortcut: act.key
        enabled: act.allowed
        onClicked: root.desk.act(act.act)

        Shortcut {
            sequence: main.act.key
            enabled: main.enabled && main.visible
            onActivated: root.desk.act(main.act.act)
        }
    }
}
