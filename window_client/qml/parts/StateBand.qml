/*
    What the window is doing: a word, a running time, a thin bar against the usual time. Colour never stands alone.
*/
import QtQuick
import themes
import themes.controls

Rectangle {
    id: root

    // window_client.desk.band.Band
    required property var band
    readonly property color ink: ({
            calling: Theme.color.calling,
            positive: Theme.color.positive,
            caution: Theme.color.caution
        })[band.kind] ?? Theme.color.text

    implicitHeight: 58 * Theme.unit
    color: ({
            calling: Theme.color.callingSoft,
            positive: Theme.color.positiveSoft,
            caution: Theme.color.cautionSoft
        })[band.kind] ?? Theme.color.surface

    Accessible.role: Accessible.StaticText
    Accessible.name: band.words

    Row {
        x: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -bar.height / 2
        spacing: 10 * Theme.unit

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.band.icon !== ""
            name: root.band.icon
            side: Theme.space.icon
            color: root.ink
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.band.icon === ""
            width: 12 * Theme.unit
            height: width
            radius: width / 2
            color: root.band.kind === "plain" ? Theme.color.edge : root.ink
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.band.words
            size: Theme.size.title
            bold: true
            color: root.ink
        }
    }
    Words {
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.cardPadding
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -bar.height / 2
        text: root.band.time
        size: Theme.size.figure
        bold: true
        color: root.ink
    }
    Rectangle {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        height: root.band.fill >= 0 ? 6 * Theme.unit : Theme.space.lineWidth
        color: root.band.fill >= 0 ? Theme.color.track : Theme.color.line

        Rectangle {
            width: parent.width * Math.max(0, root.band.fill)
            height: parent.height
            color: root.ink
        }
    }
}
