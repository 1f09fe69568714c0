/*
    The one thing to press on a page.

        PrimaryButton { text: page.takeNumber; icon: "check"; onClicked: page.take() }
        PrimaryButton { text: page.call; shortcut: "F9" }      // window client: the key is shown
*/
import QtQuick
import themes

RaisedTile {
    id: root

    required property string text
    property string icon: ""
    property string shortcut: ""
    property bool iconAfter: false

    words: text
    implicitWidth: face.implicitWidth + 2 * Theme.space.cardPadding
    implicitHeight: Theme.space.action
    radius: Theme.space.buttonRadius
    fill: Theme.color.primary
    pressedFill: Theme.color.primaryEdge
    edge: Theme.color.primaryEdge
    frame: pressed ? Theme.color.primaryEdge : Theme.color.primary
    ink: enabled ? Theme.color.textOnPrimary : Theme.color.textOff

    ButtonFace {
        id: face

        anchors.centerIn: parent
        room: root.width - 2 * Theme.space.grid
        text: root.text
        icon: root.icon
        iconAfter: root.iconAfter
        shortcut: root.shortcut
        size: Theme.size.action
        ink: root.ink
        keyFill: root.enabled ? Theme.color.primaryEdge : Theme.color.background
    }
}
