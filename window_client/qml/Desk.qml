/*
    The clerk's screen: the sign-in page until somebody is signed in, then the desk.
*/
import QtQuick
import themes
import window_client.viewmodels
import window_client.qml.pages

Rectangle {
    id: root

    required property SignInModel signIn
    required property DeskModel desk
    required property ByHandModel byHand
    required property SlipModel slip
    required property SheetModel sheet
    required property var words

    implicitWidth: 1366
    implicitHeight: 768
    color: Theme.color.background

    Binding {
        target: Theme
        property: "unit"
        value: Math.min(root.width / 1366, root.height / 768)
    }
    SignInPage {
        anchors.fill: parent
        visible: !root.signIn.open
        focus: visible
        signIn: root.signIn
        desk: root.desk
        sheet: root.sheet
        words: root.words
    }
    DeskPage {
        anchors.fill: parent
        visible: root.signIn.open
        focus: visible
        desk: root.desk
        byHand: root.byHand
        slip: root.slip
        sheet: root.sheet
        words: root.words
    }
}
