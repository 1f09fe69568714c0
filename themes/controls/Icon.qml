/*
    One of the drawings in themes/icons, in one colour and crisp at any size.

        Icon { name: "umbrella" }
        Icon { name: "wifi"; side: Theme.space.iconSmall; color: Theme.color.positive }
*/
import QtQuick
import themes

Image {
    id: root

    required property string name
    property int side: Theme.space.icon
    property color color: Theme.color.primary

    width: side
    height: side
    // "#rrggbb" without its sign, which would end the address
    source: name === "" ? "" : "image://icons/" + name + "/" + color.toString().slice(-6)
    sourceSize: Qt.size(side, side)
}
