/*
    The citizen in front of the window: state, number, masked name, class, a few facts. Or nobody, and who could be next.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls

Card {
    id: root

    // window_client.desk.band.Band
    required property var band
    // window_client.desk.citizen.Citizen
    required property var citizen
    required property var words
    readonly property bool here: citizen.number !== ""

    StateBand {
        id: state

        x: root.border.width
        y: root.border.width
        width: parent.width - 2 * x
        topLeftRadius: root.radius - 1
        topRightRadius: root.radius - 1
        band: root.band
    }
    Words {
        id: hint

        anchors.top: state.bottom
        anchors.topMargin: 8 * Theme.unit
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.cardPadding
        text: root.band.hint
        size: Theme.size.label
        muted: true
    }
    // Everything is seen at once but the longest: then it is moved.
    Flickable {
        id: seen

        anchors.top: state.bottom
        anchors.topMargin: 36 * Theme.unit
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.border.width
        width: parent.width
        visible: root.here
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: facts.height

        Column {
            id: facts

            x: Theme.space.cardPadding
            width: seen.width - 2 * x

            NumberPlate {
                objectName: "number"
                text: root.citizen.number
                room: parent.width
            }
            Item {
                width: 1
                height: 8 * Theme.unit
            }
            Flow {
                width: parent.width
                spacing: 10 * Theme.unit

                Words {
                    visible: root.citizen.name !== ""
                    height: 40 * Theme.unit
                    text: root.citizen.name
                    size: Theme.size.headline
                    bold: true
                }
                Repeater {
                    model: root.citizen.marks

                    Item {
                        id: mark

                        required property var modelData

                        width: tag.width
                        height: 40 * Theme.unit

                        Tag {
                            id: tag

                            anchors.verticalCenter: parent.verticalCenter
                            text: mark.modelData.text
                            kind: mark.modelData.kind
                        }
                    }
                }
            }
            Item {
                width: 1
                height: 10 * Theme.unit
            }
            Rectangle {
                width: parent.width
                height: Theme.space.lineWidth
                color: Theme.color.line
            }
            Repeater {
                model: root.citizen.lines

                FactLine {
                    required property var modelData
                    required property int index

                    width: parent.width
                    label: modelData.label
                    value: modelData.value
                    strong: index === 0
                    lines: strong ? 2 : 5
                }
            }
        }
    }
    EmptyWords {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.cardPadding
        visible: !root.here
        icon: "people"
        title: root.citizen.calm
        caption: root.citizen.next
    }
    Row {
        objectName: "foot"
        x: Theme.space.cardPadding
        // The least of what is said here: it makes room for long facts.
        visible: !root.here || seen.y + facts.height < y
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 14 * Theme.unit
        spacing: 10 * Theme.unit

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.citizen.foot !== ""
            name: root.here ? "star" : "chart"
            side: Theme.space.iconSmall
            color: Theme.color.textMuted
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: root.width - 2 * Theme.space.cardPadding - 30 * Theme.unit
            text: root.citizen.foot
            size: Theme.size.label
            lines: 2
            muted: true
        }
    }
}
