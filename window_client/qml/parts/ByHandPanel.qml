/*
    补录: calls made by hand, line after line off the paper, without leaving the keyboard; below what became of each.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

Card {
    id: root

    required property ByHandModel model
    required property var words

    signal closed

    function go(field: string): void {
        ({
                number: number,
                called: called,
                ended: ended
            })[field].take();
    }

    Component.onCompleted: if (visible)
        number.take()
    onVisibleChanged: if (visible)
        number.take();
    else
        model.leave()

    Connections {
        target: root.model
        function onAsks(field: string): void {
            if (root.visible)
                root.go(field);
        }
    }
    Shortcut {
        sequence: "Esc"
        enabled: root.visible
        onActivated: root.closed()
    }
    Shortcut {
        sequence: "F8"
        enabled: root.visible
        onActivated: root.model.toggle()
    }
    PanelHead {
        id: head

        width: parent.width
        title: root.words.handTitle
        caption: root.model.caption

        TextButton {
            objectName: "leave_by_hand"
            text: root.words.back
            icon: "cross"
            size: Theme.size.body
            onClicked: root.closed()
        }
    }
    Row {
        id: form

        readonly property real room: width - 3 * spacing

        x: Theme.space.cardPadding
        anchors.top: head.bottom
        anchors.topMargin: 8 * Theme.unit
        width: parent.width - 2 * x
        spacing: Theme.space.gap

        HandField {
            id: number

            name: "hand_number"
            width: form.room * 0.29
            label: root.words.handNumber
            text: root.model.entry.number
            wrong: root.model.wrong === "number"
            onEdited: text => root.model.edit("number", text)
            onAccepted: called.take()
        }
        HandField {
            id: called

            name: "hand_called"
            width: form.room * 0.2
            label: root.words.handCalled
            text: root.model.entry.called
            wrong: root.model.wrong === "called"
            onEdited: text => root.model.edit("called", text)
            onAccepted: ended.take()
        }
        HandField {
            id: ended

            name: "hand_ended"
            width: form.room * 0.2
            label: root.words.handEnded
            text: root.model.entry.ended
            wrong: root.model.wrong === "ended"
            onEdited: text => root.model.edit("ended", text)
            onAccepted: root.model.enter()
        }
        Column {
            width: form.room * 0.31
            spacing: 2 * Theme.unit

            Words {
                width: parent.width
                text: root.words.handOutcome
                size: Theme.size.caption
                muted: true
            }
            Segments {
                objectName: "hand_outcome"
                width: parent.width
                options: root.model.outcomes
                present: root.model.entry.missed ? 1 : 0
                onChosen: index => root.model.choose(index)
            }
        }
    }
    Item {
        id: help

        x: Theme.space.cardPadding
        anchors.top: form.bottom
        anchors.topMargin: 8 * Theme.unit
        width: parent.width - 2 * x
        height: Math.max(enter.height, said.implicitHeight)

        Words {
            id: said

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - enter.width - Theme.space.grid
            text: root.model.help
            size: Theme.size.label
            lines: 3
            muted: !root.model.troubled
            color: root.model.troubled ? Theme.color.negative : Theme.color.textMuted
        }
        SecondaryButton {
            id: enter

            objectName: "hand_enter"
            anchors.right: parent.right
            width: 116 * Theme.unit
            height: Theme.space.target
            text: root.words.handEnter
            icon: "check"
            onClicked: root.model.enter()
        }
    }
    Rectangle {
        anchors.top: help.bottom
        anchors.topMargin: 8 * Theme.unit
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
    ListView {
        id: list

        objectName: "hand_list"
        anchors.top: help.bottom
        anchors.topMargin: 9 * Theme.unit
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.margin / 2
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.model.lines

        delegate: HandRow {
            required property var modelData

            width: list.width
            line: modelData
            mendWords: root.words.handMend
            onMended: root.model.mend(modelData.request)
        }
    }
    EmptyWords {
        anchors.centerIn: list
        width: parent.width - 4 * Theme.space.cardPadding
        visible: list.count === 0
        icon: "list_check"
        title: root.words.handEmpty
        caption: root.words.handEmptyHelp
    }
}
