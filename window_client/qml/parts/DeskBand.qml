/*
    The top bar: which window, what for, who; the way to the server; day and time.
*/
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

TopBand {
    id: root

    required property DeskModel desk
    // The button that closes the window, or none where nobody is signed in.
    property var signOut: null
    property string outageWords: ""

    date: desk.date
    time: desk.time
    filled: true

    TextButton {
        objectName: "outage"
        anchors.verticalCenter: parent?.verticalCenter
        visible: root.signOut !== null
        text: root.outageWords
        onClicked: root.desk.open("outage")
    }
    TextButton {
        objectName: "sign_out"
        anchors.verticalCenter: parent?.verticalCenter
        visible: root.signOut !== null
        enabled: root.signOut?.allowed ?? false
        text: root.signOut?.words ?? ""
        onClicked: root.desk.act("sign_out")
    }
    Row {
        id: link

        readonly property bool online: root.desk.connection === "online"
        readonly property color ink: online ? Theme.color.positive : Theme.color.caution

        anchors.verticalCenter: parent?.verticalCenter
        visible: root.signOut !== null
        spacing: Theme.space.grid * 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: link.online ? "wifi" : "wifi_off"
            side: Theme.space.iconSmall
            color: link.ink
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.desk.connectionWords
            size: Theme.size.label
            color: link.ink
        }
    }
    Item {
        anchors.verticalCenter: parent?.verticalCenter
        visible: root.signOut !== null
        width: Theme.space.lineWidth + Theme.space.grid * 2
        height: 24 * Theme.unit

        Rectangle {
            anchors.right: parent.right
            width: Theme.space.lineWidth
            height: parent.height
            color: Theme.color.line
        }
    }
}
