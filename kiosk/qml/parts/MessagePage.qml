/*
    A page that says one thing: picture, headline, what to do, and one or two acts.

        MessagePage { picture: "clock"; headline: qsTr("现在不取号"); help: … ; acts: PrimaryButton { … } }
*/
import QtQuick
import themes
import themes.controls

PageFrame {
    id: root

    required property string picture
    property string kind: "primary"

    rise: 56 * Theme.unit
    over: [
        Item {
            width: 1
            height: Math.round(120 * Theme.unit)
        },
        Rectangle {
            width: Math.round(176 * Theme.unit)
            height: width
            radius: Theme.space.radius
            color: root.kind === "caution" ? Theme.color.cautionSoft : Theme.color.primarySoft

            Icon {
                anchors.centerIn: parent
                name: root.picture
                side: Math.round(112 * Theme.unit)
                color: root.kind === "caution" ? Theme.color.caution : Theme.color.primary
            }
        }
    ]
}
