/*
    A thing to tick off: a paper that was handed in.

        TickBox { ticked: paper.received; words: paper.name; onClicked: desk.tick(paper.id) }
        TickBox { needless: true; words: paper.name }    // a dash: nobody asks for it here
*/
import QtQuick
import themes

Pressable {
    id: root

    property bool ticked: false
    property bool needless: false
    readonly property int side: Math.round(Theme.space.target * 0.7)

    implicitWidth: Theme.space.target
    implicitHeight: Theme.space.target
    pressable: !needless

    Accessible.role: Accessible.CheckBox
    Accessible.checked: ticked

    Rectangle {
        id: box

        readonly property color fill: root.needless ? Theme.color.sunken : root.ticked ? Theme.color.positive : Theme.color.surface

        anchors.centerIn: parent
        width: root.side
        height: root.side
        radius: Theme.space.tagRadius
        color: root.pressed ? Theme.color.sunken : fill
        border.color: Theme.color.edge
        border.width: root.ticked || root.needless ? 0 : Math.max(2, Theme.space.lineWidth)

        Icon {
            anchors.centerIn: parent
            visible: root.ticked || root.needless
            name: root.needless ? "minus" : "check"
            side: Math.round(root.side * 0.7)
            color: root.needless ? Theme.color.textMuted : Theme.color.textOnPositive
        }
    }
}
