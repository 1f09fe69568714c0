/*
    应急: what a window can do while kiosk or server is away, and what a hall practises before it is.
*/
import QtQuick
import themes
import themes.controls
import window_client.viewmodels

Card {
    id: root

    required property SlipModel slip
    required property SheetModel sheet
    required property var words

    signal handAsked
    signal faultAsked
    signal closed

    Component.onCompleted: if (visible)
        code.take()
    onVisibleChanged: if (visible)
        code.take()

    Shortcut {
        sequence: "Esc"
        enabled: root.visible
        onActivated: root.closed()
    }
    PanelHead {
        id: head

        width: parent.width
        title: root.words.outage
        caption: root.words.outageHelp

        TextButton {
            objectName: "leave_outage"
            text: root.words.back
            icon: "cross"
            size: Theme.size.body
            onClicked: root.closed()
        }
    }
    // As wide as the card: it clips, and the focus rings of what stands at its sides reach beyond the words.
    Flickable {
        objectName: "outage_all"
        x: root.border.width
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.grid
        width: parent.width - 2 * x
        contentHeight: all.height
        // What became of the sheet stands last: it comes into view by itself.
        onContentHeightChanged: if (root.sheet.done !== "" || root.sheet.trouble !== "")
            contentY = Math.max(0, contentHeight - height)
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: all

            x: Theme.space.cardPadding - root.border.width
            width: parent.width - 2 * x

            OutageRow {
                width: parent.width
                title: root.words.slipTitle
                caption: root.words.slipHelp
            }
            Row {
                width: parent.width
                spacing: Theme.space.gap

                Field {
                    id: code

                    objectName: "slip_code"
                    width: parent.width - look.width - parent.spacing
                    height: Theme.space.target
                    text: root.slip.text
                    placeholder: root.words.slipHint
                    icon: "scan"
                    editable: true
                    latin: true
                    onEdited: text => root.slip.edit(text)
                    onAccepted: {
                        root.slip.submit();
                        code.take();
                    }
                }
                SecondaryButton {
                    id: look

                    objectName: "slip_look"
                    height: Theme.space.target
                    text: root.words.slipLook
                    plain: true
                    onClicked: {
                        root.slip.submit();
                        code.take();
                    }
                }
            }
            Item {
                width: 1
                height: 12 * Theme.unit
            }
            SlipFound {
                width: parent.width
                slip: root.slip
                callWords: root.words.slipCall
            }
            Item {
                width: 1
                height: 14 * Theme.unit
                visible: root.slip.shown.kind === "ticket" || root.slip.shown.kind === "unknown"
            }
            Rectangle {
                width: parent.width
                height: Theme.space.lineWidth
                color: Theme.color.line
            }
            OutageRow {
                width: parent.width
                title: root.words.fault
                caption: root.words.faultRow

                SecondaryButton {
                    objectName: "declare_fault"
                    height: Theme.space.target
                    text: root.words.fault
                    plain: true
                    onClicked: root.faultAsked()
                }
            }
            Rectangle {
                width: parent.width
                height: Theme.space.lineWidth
                color: Theme.color.line
            }
            OutageRow {
                width: parent.width
                title: root.words.handTitle
                caption: root.words.handHelp

                SecondaryButton {
                    objectName: "open_by_hand"
                    height: Theme.space.target
                    text: root.words.handTitle
                    plain: true
                    onClicked: root.handAsked()
                }
            }
            Rectangle {
                width: parent.width
                height: Theme.space.lineWidth
                color: Theme.color.line
            }
            OutageRow {
                width: parent.width
                title: root.words.sheetTitle
                caption: root.words.sheetHelp

                SecondaryButton {
                    objectName: "save_sheet"
                    height: Theme.space.target
                    text: root.words.sheetSave
                    plain: true
                    onClicked: root.sheet.save()
                }
                SecondaryButton {
                    objectName: "print_sheet"
                    height: Theme.space.target
                    visible: root.sheet.printers.length > 0
                    text: root.words.sheetPrint
                    icon: "printer"
                    plain: true
                    onClicked: root.sheet.print_on(root.sheet.printers[0])
                }
            }
            Strip {
                width: parent.width
                visible: root.sheet.done !== "" || root.sheet.trouble !== ""
                kind: root.sheet.trouble === "" ? "positive" : "negative"
                title: root.sheet.trouble === "" ? root.sheet.done : root.sheet.trouble
                caption: root.sheet.place

                SecondaryButton {
                    objectName: "show_sheet"
                    height: Theme.space.target
                    visible: root.sheet.place !== ""
                    text: root.words.sheetOpen
                    plain: true
                    onClicked: root.sheet.show_file()
                }
            }
        }
    }
}
