/*
    Who waits, in the order they will be called; behind it the missed, the held and the uncertain; the hall's load below.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

Card {
    id: root

    required property DeskModel desk
    required property var words

    Segments {
        id: tabs

        x: Theme.space.margin
        y: 8 * Theme.unit
        width: parent.width - 2 * x
        height: 42 * Theme.unit
        options: root.desk.tabs
        present: root.desk.listing
        onChosen: index => root.desk.browse(index)
    }
    Rectangle {
        y: list.y - height
        width: parent.width
        height: Theme.space.lineWidth
        color: Theme.color.line
    }
    ListView {
        id: list

        objectName: "list"
        x: root.border.width
        anchors.top: tabs.bottom
        anchors.topMargin: 9 * Theme.unit
        anchors.bottom: waits.top
        anchors.bottomMargin: Theme.space.grid
        width: parent.width - 2 * x
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: true
        model: root.desk.rows

        delegate: TicketRow {
            width: list.width
            act: root.desk.rowAct
            onActed: ticket => root.desk.act(act.act, ticket)
        }
    }
    EmptyWords {
        anchors.centerIn: list
        width: parent.width - 4 * Theme.space.cardPadding
        visible: list.count === 0
        icon: "inbox"
        title: !root.desk.known ? root.words.notKnown : [root.words.emptyWaiting, root.words.emptyMissed, root.words.emptyHeld, root.words.emptyUncertain][root.desk.listing]
    }
    NewcomerWaits {
        id: waits

        x: Theme.space.margin
        anchors.bottom: load.top
        anchors.bottomMargin: Theme.space.grid
        width: parent.width - 2 * x
        waits: root.desk.newcomers
    }
    LoadFigures {
        id: load

        x: Theme.space.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.margin
        width: parent.width - 2 * x
        figures: root.desk.load
    }
}
