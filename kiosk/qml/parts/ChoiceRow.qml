/*
    One way on, as wide as the page: picture, bold line, second line, chevron.

    Where its height is given (`tight`), a name that needs two lines takes the place of the second line, as small as need be.

        ChoiceRow { width: parent.width; picture: "keypad"; title: qsTr("自己输入证件号码"); onClicked: … }
*/
import QtQuick
import themes
import themes.controls

RaisedTile {
    id: root

    required property string picture
    required property string title
    property string caption: ""
    property int size: Theme.size.row
    property bool arrow: true
    property bool tight: false
    readonly property bool wordy: tight && measured.advanceWidth > lines.width
    readonly property real room: height - depth - Theme.space.grid - (second.visible ? second.implicitHeight : 0)
    // The second line is a warning.
    property bool warns: false

    words: [title, caption].join(", ")
    implicitHeight: lines.implicitHeight + 2 * Theme.space.gap + depth

    Picture {
        id: square

        x: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        name: root.picture
        small: true
        off: !root.enabled
    }
    TextMetrics {
        id: measured

        text: root.title
        font.family: Theme.family
        font.pixelSize: root.size
        font.weight: Font.Bold
    }
    Column {
        id: lines

        anchors.left: square.right
        anchors.leftMargin: Theme.space.tilePadding
        anchors.right: chevron.left
        anchors.rightMargin: Theme.space.grid
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            height: !root.tight ? undefined : root.wordy ? root.room : Math.min(root.room, 1.3 * root.size)
            text: root.title
            size: root.size
            fontSizeMode: root.tight ? Text.Fit : Text.FixedSize
            minimumPixelSize: 0.8 * Theme.size.caption
            bold: true
            lines: 2
            color: root.ink
        }
        Words {
            id: second

            width: parent.width
            visible: text !== "" && (root.warns || !root.wordy)
            text: root.caption
            size: Theme.size.caption
            lines: 2
            bold: root.warns
            color: !root.enabled ? Theme.color.textOff : root.warns ? Theme.color.caution : Theme.color.textMuted
        }
    }
    Icon {
        id: chevron

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.tilePadding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.arrow
        name: "chevron_right"
        color: root.enabled ? Theme.color.primary : Theme.color.textOff
    }
}
