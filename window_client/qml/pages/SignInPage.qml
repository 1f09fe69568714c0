/*
    Staff number and PIN, by the page's own keys or the keyboard. Says in words what went wrong.
*/
import QtQuick
import themes
import themes.controls
import window_client.viewmodels
import window_client.qml.parts

FocusScope {
    id: root

    required property SignInModel signIn
    required property DeskModel desk
    required property SheetModel sheet
    required property var words
    // The last list stands beside the card while there is no server.
    readonly property bool listed: desk.recalledWords !== ""

    function shift(): void {
        signIn.choose(signIn.field === "staff" ? "pin" : "staff");
    }

    DeskBand {
        id: band

        width: parent.width
        title: root.signIn.windowTitle
        desk: root.desk
    }
    Item {
        id: keys

        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        Keys.onPressed: event => {
            event.accepted = true;
            if (event.key === Qt.Key_Backspace)
                root.signIn.erase();
            else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                root.signIn.enter();
            else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab)
                root.shift();
            else
                root.signIn.type(event.text);
        }

        Strip {
            objectName: "set_back"
            anchors.bottom: card.top
            anchors.bottomMargin: 16 * Theme.unit
            anchors.horizontalCenter: card.horizontalCenter
            width: card.width
            visible: root.signIn.owing && !root.listed
            kind: "caution"
            title: root.words.setBack
            caption: root.words.setBackHelp
        }
        Strip {
            objectName: "cut_off"
            anchors.bottom: card.top
            anchors.bottomMargin: 16 * Theme.unit
            anchors.horizontalCenter: card.horizontalCenter
            width: card.width
            visible: root.listed
            kind: root.sheet.trouble === "" ? "caution" : "negative"
            icon: "wifi_off"
            title: root.sheet.trouble || root.sheet.done || root.desk.recalledWords
            caption: root.sheet.place || root.words.lastListHelp

            SecondaryButton {
                objectName: "save_last_list"
                height: Theme.space.target
                text: root.sheet.place === "" ? root.words.sheetTitle : root.words.sheetOpen
                plain: true
                onClicked: {
                    if (root.sheet.place === "")
                        root.sheet.save();
                    else
                        root.sheet.show_file();
                    keys.forceActiveFocus();
                }
            }
        }
        ListsCard {
            objectName: "last_list"
            anchors.left: card.right
            anchors.leftMargin: Theme.space.margin
            anchors.top: parent.top
            anchors.topMargin: Theme.space.margin
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.space.margin
            width: 404 * Theme.unit
            visible: root.listed
            desk: root.desk
            words: root.words
        }
        Card {
            id: card

            anchors.centerIn: parent
            anchors.horizontalCenterOffset: root.listed ? -210 * Theme.unit : 0
            anchors.verticalCenterOffset: root.signIn.owing || root.listed ? 40 * Theme.unit : 0
            width: 792 * Theme.unit
            height: 520 * Theme.unit

            Column {
                x: 40 * Theme.unit
                y: 36 * Theme.unit
                width: 380 * Theme.unit

                Words {
                    text: root.words.signIn
                    size: Theme.size.headline
                    bold: true
                }
                Item {
                    width: 1
                    height: 6 * Theme.unit
                }
                Words {
                    width: parent.width
                    text: root.words.signInHelp
                    size: Theme.size.label
                    lines: 2
                    muted: true
                }
                Item {
                    width: 1
                    height: 28 * Theme.unit
                }
                Words {
                    height: 30 * Theme.unit
                    text: root.words.staff
                    size: Theme.size.label
                    bold: true
                }
                Field {
                    objectName: "staff"
                    width: parent.width
                    text: root.signIn.staff
                    active: root.signIn.field === "staff"
                    onClicked: root.signIn.choose("staff")
                }
                Item {
                    width: 1
                    height: 18 * Theme.unit
                }
                Words {
                    height: 30 * Theme.unit
                    text: root.words.pin
                    size: Theme.size.label
                    bold: true
                }
                Field {
                    objectName: "pin"
                    width: parent.width
                    text: "●".repeat(root.signIn.pinLength)
                    active: root.signIn.field === "pin"
                    onClicked: root.signIn.choose("pin")
                }
            }
            Strip {
                x: 40 * Theme.unit
                anchors.bottom: submit.top
                anchors.bottomMargin: 14 * Theme.unit
                width: 380 * Theme.unit
                height: 64 * Theme.unit
                visible: root.signIn.error !== ""
                kind: "negative"
                title: root.signIn.error
            }
            PrimaryButton {
                id: submit

                objectName: "sign_in"
                x: 40 * Theme.unit
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 40 * Theme.unit
                width: 380 * Theme.unit
                text: root.signIn.busy ? root.words.signInBusy : root.words.signIn
                enabled: root.signIn.ready
                onClicked: root.signIn.submit()
            }
            Rectangle {
                x: 451 * Theme.unit
                y: 40 * Theme.unit
                width: Theme.space.lineWidth
                height: parent.height - 80 * Theme.unit
                color: Theme.color.line
            }
            DigitPad {
                anchors.right: parent.right
                anchors.rightMargin: 40 * Theme.unit
                anchors.verticalCenter: parent.verticalCenter
                words: root.words
                onTyped: sign => root.signIn.type(sign)
                onErased: root.signIn.erase()
                onShifted: root.shift()
            }
        }
    }
}
