/*
    A place to write. With `editable` it takes a real keyboard (desks); otherwise it shows `text` with a caret and is
    pressed to begin (kiosks, whose own keys write into it).

        Field { placeholder: home.hint; icon: "search"; onClicked: journey.search() }
        Field { text: search.letters; icon: "search"; active: true; letterSpacing: 4 }
        Field { placeholder: desk.noteHint; editable: true; onEdited: text => desk.note = text }
*/
import QtQuick
import themes

Rectangle {
    id: root

    default property alias content: right.data
    property string text: ""
    property string placeholder: ""
    property string icon: ""
    property bool active: false
    property bool editable: false
    property bool secret: false
    // What is written is no Chinese: numbers, times, codes of a scanner that types.
    property bool latin: false
    property bool wrong: false
    // So many signs at most
    property int most: 32767
    property real letterSpacing: 0
    property int size: text === "" ? Theme.size.body : Theme.size.title

    signal clicked
    signal edited(string text)
    signal accepted

    function take(): void {
        input.forceActiveFocus();
        input.selectAll();
    }

    implicitWidth: 952 * Theme.unit
    implicitHeight: Theme.space.field
    radius: Theme.space.buttonRadius
    color: Theme.color.surface
    border.color: wrong ? Theme.color.negative : active || input.activeFocus ? Theme.color.primary : Theme.color.edge
    border.width: active || wrong || input.activeFocus ? Theme.space.lineWidth * 2 : Math.max(2, Math.round(Theme.space.lineWidth * 1.5))
    activeFocusOnTab: !editable && enabled

    Accessible.role: Accessible.EditableText
    Accessible.name: placeholder
    Keys.onReturnPressed: clicked()

    Icon {
        id: mark

        x: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.icon !== ""
        name: root.icon
    }
    Item {
        id: line

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.cardPadding + (root.icon === "" ? 0 : mark.width + Theme.space.gap)
        anchors.right: right.left
        anchors.rightMargin: Theme.space.grid
        height: parent.height

        Words {
            id: shown

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width - caret.width)
            visible: !root.editable || input.text === ""
            text: root.text === "" || root.editable ? root.placeholder : root.text
            size: root.size
            bold: root.text !== "" && !root.editable
            muted: root.text === ""
            font.letterSpacing: root.text === "" ? 0 : root.letterSpacing
        }
        Rectangle {
            id: caret

            x: root.text === "" ? 0 : shown.width + Theme.space.grid / 2
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(2, Theme.space.lineWidth * 1.5)
            height: parent.height / 2
            visible: root.active && !root.editable
            color: Theme.color.primary
        }
        TextInput {
            id: input

            anchors.fill: parent
            visible: root.editable
            enabled: root.editable && root.enabled
            activeFocusOnTab: root.editable
            clip: true
            color: Theme.color.text
            echoMode: root.secret ? TextInput.Password : TextInput.Normal
            inputMethodHints: root.latin ? Qt.ImhNoPredictiveText | Qt.ImhPreferLatin : Qt.ImhNone
            font.family: Theme.family
            font.pixelSize: Theme.size.body
            maximumLength: root.most
            selectByMouse: true
            selectionColor: Theme.color.primary
            selectedTextColor: Theme.color.textOnPrimary
            text: root.editable ? root.text : ""
            verticalAlignment: TextInput.AlignVCenter
            onTextEdited: root.edited(text)
            onAccepted: root.accepted()
        }
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
    }
    FocusRings {
        visible: root.activeFocus && !root.editable
        radius: root.radius
    }
    MouseArea {
        anchors.fill: parent
        z: -1 // buttons standing in the field come first
        enabled: root.enabled && !root.editable
        onClicked: root.clicked()
    }
}
