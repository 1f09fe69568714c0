/*
    Any other act beside the main one.

        SecondaryButton { text: page.back; onClicked: page.goBack() }
        SecondaryButton { text: desk.hold; icon: "hourglass"; shortcut: "F7"; plain: true }

    `plain` sets the word in text colour and a smaller size, for the many acts of a desk.
*/
import QtQuick
import themes

RaisedTile {
    id: root

    required property string text
    property string icon: ""
    property string shortcut: ""
    property bool iconAfter: false
    property bool plain: false

    words: text
    implicitWidth: face.implicitWidth + 2 * Theme.space.cardPadding
    implicitHeight: Theme.space.action
    radius: Theme.space.buttonRadius
    ink: !enabled ? Theme.color.textOff : plain ? Theme.color.text : Theme.color.primary

    ButtonFace {
        id: face

        anchors.centerIn: parent
        room: root.width - 2 * Theme.space.grid
        text: root.text
        icon: root.icon
        iconAfter: root.iconAfter
        shortcut: root.shortcut
        size: root.plain ? Theme.size.row : Theme.size.title
        ink: root.ink
        keyFill: root.enabled ? Theme.color.sunken : Theme.color.background
    }
}
