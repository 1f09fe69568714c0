/*
    The papers of the service here, to be ticked off as they come over the table.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Card {
    id: root

    // window_client.desk.papers.Papers
    required property var papers
    required property var words
    // Whether the service here may end now, in another way than the one press that usually ends it
    required property bool ending
    // Acts that are rarely wanted: act, words, icon, key
    property var further: []

    signal ticked(place: int)
    signal guideAsked
    signal otherAsked
    signal acted(act: string)

    PanelHead {
        id: head

        width: parent.width
        title: root.words.papers
        caption: root.papers.summary

        TextButton {
            objectName: "guide"
            visible: root.papers.guide.length > 0
            text: root.words.guide
            icon: "book"
            size: Theme.size.body
            onClicked: root.guideAsked()
        }
    }
    ListView {
        id: list

        anchors.top: head.bottom
        anchors.bottom: facts.visible ? facts.top : parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.papers.rows

        delegate: Pressable {
            id: paper

            required property var modelData
            required property int index

            objectName: "paper_" + index
            width: list.width
            height: Math.max(64 * Theme.unit, 1.8 * (Theme.size.row + Theme.size.caption))
            words: modelData.name
            ringInset: 2 * Theme.space.ring
            onClicked: root.ticked(index)

            TickBox {
                id: box

                x: Theme.space.cardPadding - (width - side) / 2
                anchors.verticalCenter: parent.verticalCenter
                activeFocusOnTab: false
                ticked: paper.modelData.ticked
                words: paper.modelData.name
                onClicked: root.ticked(paper.index)
            }
            Column {
                anchors.left: box.right
                anchors.leftMargin: Theme.space.grid + 4 * Theme.unit
                anchors.right: parent.right
                anchors.rightMargin: Theme.space.cardPadding
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    width: parent.width
                    text: paper.modelData.name
                    size: Theme.size.row
                    bold: paper.modelData.needed
                    muted: !paper.modelData.needed
                }
                Words {
                    width: parent.width
                    visible: text !== ""
                    text: paper.modelData.caption
                    size: Theme.size.caption
                    muted: true
                }
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.space.lineWidth
                color: Theme.color.line
            }
        }
    }
    Rectangle {
        anchors.bottom: facts.top
        width: parent.width
        height: Theme.space.lineWidth
        visible: facts.visible
        color: Theme.color.line
    }
    Row {
        id: facts

        x: Theme.space.cardPadding
        anchors.bottom: parent.bottom
        height: 52 * Theme.unit
        width: parent.width - 2 * x - rare.width
        visible: root.papers.facts.length > 0
        clip: true
        spacing: 28 * Theme.unit

        Repeater {
            model: root.papers.facts

            Row {
                id: fact

                required property var modelData

                anchors.verticalCenter: parent?.verticalCenter
                spacing: 14 * Theme.unit

                Words {
                    text: fact.modelData.label
                    size: Theme.size.label
                    muted: true
                }
                Words {
                    width: Math.min(implicitWidth, 180 * Theme.unit)
                    text: fact.modelData.value
                    size: Theme.size.label
                }
            }
        }
    }
    Row {
        id: rare

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.margin
        anchors.verticalCenter: facts.verticalCenter
        spacing: Theme.space.gap

        Repeater {
            model: root.further

            TextButton {
                id: button

                required property var modelData

                objectName: modelData.act
                text: modelData.words
                icon: modelData.icon
                size: Theme.size.body
                onClicked: root.acted(modelData.act)

                Shortcut {
                    sequence: button.modelData.key
                    enabled: button.visible && root.visible
                    onActivated: root.acted(button.modelData.act)
                }
            }
        }
        TextButton {
            id: other

            objectName: "other_outcome"
            visible: root.ending
            text: root.words.otherOutcome
            icon: "more"
            size: Theme.size.body
            onClicked: root.otherAsked()

            Shortcut {
                sequence: "Shift+F9"
                enabled: other.visible && root.visible
                onActivated: root.otherAsked()
            }
        }
    }
    EmptyWords {
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.space.cardPadding
        visible: root.papers.rows.length === 0
        icon: "list_check"
        title: root.papers.empty
    }
}
