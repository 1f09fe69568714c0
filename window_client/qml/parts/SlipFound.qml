/*
    What is known of a slip: the number with its marks and a button to call it, or why not.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

Rectangle {
    id: root

    required property SlipModel slip
    required property string callWords
    readonly property bool found: slip.shown.kind === "ticket"

    implicitHeight: Math.max(found ? told.implicitHeight : why.implicitHeight, Theme.space.target) + 2 * Theme.space.grid
    visible: found || slip.shown.kind === "unknown"
    radius: Theme.space.radius
    color: found ? Theme.color.primarySoft : Theme.color.negativeSoft
    border.color: found ? Theme.color.primary : Theme.color.negative
    border.width: Theme.color.surface === color ? Theme.space.lineWidth : 0

    Words {
        id: why

        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.grid * 2
        width: parent.width - 2 * x
        visible: !root.found
        text: [root.slip.shown.number, root.slip.shown.caption].filter(part => part !== "").join("　")
        size: Theme.size.label
        lines: 3
    }
    Column {
        id: told

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.grid * 2
        anchors.right: call.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        visible: root.found

        Flow {
            width: parent.width
            spacing: Theme.space.grid

            Words {
                objectName: "slip_number"
                rightPadding: Theme.space.grid
                text: root.slip.shown.number
                size: Theme.size.title
                bold: true
                color: Theme.color.primary
            }
            Repeater {
                model: root.slip.shown.marks

                Tag {
                    required property var modelData

                    text: modelData.text
                    kind: modelData.kind
                    color: Theme.color.surface
                }
            }
        }
        Words {
            width: parent.width
            text: root.slip.shown.caption
            size: Theme.size.caption
            lines: 2
        }
        Words {
            objectName: "slip_why_not"
            width: parent.width
            visible: text !== ""
            text: root.slip.whyNot
            size: Theme.size.caption
            bold: true
            color: Theme.color.caution
            lines: 2
        }
    }
    SecondaryButton {
        id: call

        objectName: "call_slip"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.space.target
        visible: root.found
        text: root.callWords
        icon: "bell"
        plain: true
        enabled: root.slip.canCall
        onClicked: root.slip.call()
    }
}
