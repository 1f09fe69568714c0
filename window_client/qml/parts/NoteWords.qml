/*
    What stands beside the acts: what is under way, what was done and can still be taken back, why it was not done.
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    // window_client.desk.note.Note
    required property var note
    required property string undoWords

    signal undone

    Accessible.role: Accessible.StaticText
    Accessible.name: note.text

    Row {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.grid * 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.note.kind === "refused" || root.note.kind === "progress"
            name: root.note.kind === "refused" ? "warning" : "hourglass"
            side: Theme.space.iconSmall
            color: root.note.kind === "refused" ? Theme.color.negative : Theme.color.textMuted
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - (undo.visible ? undo.width : 0) - 30 * Theme.unit)
            text: root.note.text
            size: Theme.size.label
            lines: 2
            muted: root.note.kind !== "refused"
        }
        TextButton {
            id: undo

            objectName: "undo"
            anchors.verticalCenter: parent.verticalCenter
            visible: root.note.undo > 0
            text: root.undoWords + " " + root.note.undo
            icon: "undo"
            size: Theme.size.body
            onClicked: root.undone()
        }
    }
}
