/*
    A group of services or one service: picture, name, and either lines of examples or a foot with the wait.

        ServiceTile {
            picture: "umbrella"
            title: group.name
            captions: group.examples     // one or two strings, one line each
            onClicked: home.open(group.id)
        }
        ServiceTile { picture: "id_card"; title: service.name; foot: service.ahead; footEnd: service.range }
        ServiceTile { picture: "id_card"; title: service.name; foot: service.pause; footEnd: service.until; kind: "caution" }
        ServiceTile { picture: "id_card"; title: service.name; foot: service.ahead; footEnd: service.now; kind: "positive" }

    `kind` colours the foot: plain, positive (its end, with a tick) or caution (all of it, with the sign of a pause).
    Without captions the name has the whole tile, as small as need be, and the picture is the smaller one. A name too long
    to stand over its captions takes their place: it is what the tile is for.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes

RaisedTile {
    id: root

    required property string picture
    required property string title
    property list<string> captions: []
    property string tag: ""
    property string foot: ""
    property string footEnd: ""
    property string kind: "plain"
    readonly property bool small: captions.length === 0 || measured.advanceWidth > beside * (captions.length > 1 ? 1 : 1.8)
    readonly property real beside: width - Theme.space.pictureSquare - 2.5 * Theme.space.tilePadding
    readonly property bool footed: foot !== "" || footEnd !== ""
    readonly property int leastHeight: (small ? (footed ? 162 : 176) : 220) * Theme.unit

    words: [title, ...captions, tag, foot, footEnd].filter(part => part !== "").join(", ")
    implicitWidth: 464 * Theme.unit
    implicitHeight: Math.max(leastHeight, small ? 0 : lines.implicitHeight + 2 * Theme.space.gap) + (footed ? wait.height : 0)

    TextMetrics {
        id: measured

        text: root.title
        font.family: Theme.family
        font.pixelSize: Theme.size.title
        font.weight: Font.Bold
    }
    Item {
        width: parent.width
        height: parent.height - (root.footed ? wait.height : 0)

        Picture {
            id: square

            x: Theme.space.tilePadding
            anchors.verticalCenter: parent.verticalCenter
            name: root.picture
            small: root.small
            off: !root.enabled
        }
        Column {
            id: lines

            anchors.left: square.right
            anchors.leftMargin: root.small ? Theme.space.gap : Theme.space.tilePadding
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.tilePadding / 2
            anchors.verticalCenter: parent.verticalCenter

            Words {
                width: parent.width
                height: root.small ? lines.parent.height - Theme.space.gap - (mark.visible ? mark.height : 0) : undefined
                text: root.title
                fontSizeMode: root.small ? Text.Fit : Text.FixedSize
                minimumPixelSize: 0.8 * Theme.size.caption
                size: root.small ? Theme.size.row : Theme.size.title
                bold: true
                lines: root.small ? 5 : root.captions.length > 1 ? 1 : 2
                lineHeight: 0.95
                color: root.ink
            }
            Repeater {
                model: root.small ? [] : root.captions

                Words {
                    required property string modelData

                    width: parent.width
                    text: modelData
                    size: Theme.size.caption
                    color: root.enabled ? Theme.color.textMuted : Theme.color.textOff
                }
            }
            Tag {
                id: mark

                visible: root.tag !== ""
                text: root.tag
                kind: "primary"
            }
        }
    }
    TileFoot {
        id: wait

        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.footed
        start: root.foot
        end: root.footEnd
        kind: root.enabled ? root.kind : "off"
    }
}
