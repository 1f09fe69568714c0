/*
    An icon in its soft square, as on tiles and services.

        Picture { name: "umbrella" }
        Picture { name: "receipt_yen"; small: true }
*/
import QtQuick
import themes

Rectangle {
    id: root

    required property string name
    property bool small: false
    property bool off: false

    width: small ? Theme.space.pictureSquareSmall : Theme.space.pictureSquare
    height: width
    radius: small ? Theme.space.pictureRadiusSmall : Theme.space.pictureRadius
    color: off ? Theme.color.background : Theme.color.primarySoft

    Icon {
        anchors.centerIn: parent
        name: root.name
        side: root.small ? Theme.space.pictureSmall : Theme.space.picture
        color: root.off ? Theme.color.textOff : Theme.color.primary
    }
}
