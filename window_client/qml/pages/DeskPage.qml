/*
    The desk: the citizen here, the papers of the service, who waits; the acts below, always in the same places.
*/
import QtQuick
import themes
import themes.controls
import window_client.viewmodels
import window_client.qml.parts

FocusScope {
    id: root

    required property DeskModel desk
    required property ByHandModel byHand
    required property SlipModel slip
    required property SheetModel sheet
    required property var words
    readonly property bool away: desk.connection === "away"

    DeskBand {
        id: band

        width: parent.width
        title: root.desk.windowTitle
        captions: root.desk.captions
        desk: root.desk
        signOut: root.desk.signOut
        outageWords: root.words.outage
    }
    Strip {
        id: strip

        x: Theme.space.margin
        anchors.top: band.bottom
        anchors.topMargin: Theme.space.margin
        width: parent.width - 2 * Theme.space.margin
        visible: root.away || root.desk.faultWords !== ""
        kind: "caution"
        icon: root.away ? "wifi_off" : "warning"
        title: root.away ? root.words.offline : root.desk.faultWords
        caption: root.away ? root.desk.offlineHelp : root.words.faultNowHelp

        SecondaryButton {
            objectName: visible ? "end_fault" : ""
            visible: !root.away
            height: Theme.space.target
            text: root.words.faultOver
            plain: true
            onClicked: root.desk.act("end_fault")
        }
        SecondaryButton {
            objectName: visible ? "open_outage" : ""
            visible: root.away
            height: Theme.space.target
            text: root.words.outage
            shortcut: "F8"
            plain: true
            onClicked: root.desk.open("outage")
        }
    }
    Item {
        id: columns

        anchors.top: strip.visible ? strip.bottom : band.bottom
        anchors.bottom: acts.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space.margin

        CitizenCard {
            id: left

            width: Math.round(376 * Theme.unit)
            height: parent.height
            band: root.desk.band
            citizen: root.desk.citizen
            words: root.words
        }
        Item {
            anchors.left: left.right
            anchors.leftMargin: Theme.space.margin
            anchors.right: right.left
            anchors.rightMargin: Theme.space.margin
            height: parent.height

            PapersCard {
                anchors.fill: parent
                visible: root.desk.panel === ""
                papers: root.desk.papers
                words: root.words
                onTicked: place => root.desk.tick_paper(place)
                ending: root.desk.mayEnd
                further: root.desk.further
                onActed: act => root.desk.act(act)
                onGuideAsked: root.desk.open("guide")
                onOtherAsked: root.desk.open("finish")
            }
            ChoicePanel {
                anchors.fill: parent
                visible: root.desk.question[0] !== ""
                title: root.desk.question[0]
                help: root.desk.question[1]
                choices: root.desk.choices
                words: root.words
                entry: root.desk.entry
                said: root.desk.said
                onSaying: text => root.desk.say(text)
                onChosen: value => root.desk.answer(value)
                onClosed: root.desk.open("")
            }
            GuidePanel {
                anchors.fill: parent
                visible: root.desk.panel === "guide"
                lines: root.desk.papers.guide
                words: root.words
                onClosed: root.desk.open("")
            }
            OutagePanel {
                anchors.fill: parent
                visible: root.desk.panel === "outage"
                slip: root.slip
                sheet: root.sheet
                words: root.words
                onHandAsked: root.desk.open("by_hand")
                onFaultAsked: root.desk.act("declare_fault")
                onClosed: root.desk.open("")
            }
            ByHandPanel {
                anchors.fill: parent
                visible: root.desk.panel === "by_hand"
                model: root.byHand
                words: root.words
                onClosed: root.desk.open("")
            }
        }
        ListsCard {
            id: right

            anchors.right: parent.right
            width: Math.round(404 * Theme.unit)
            height: parent.height
            desk: root.desk
            words: root.words
        }
    }
    Shortcut {
        sequence: "F8"
        enabled: root.visible && root.desk.panel !== "by_hand"
        onActivated: root.desk.open("outage")
    }
    Shortcut {
        sequence: "Shift+F8"
        enabled: root.visible && root.desk.panel !== "by_hand"
        onActivated: root.desk.act("declare_fault")
    }
    ActsBar {
        id: acts

        anchors.bottom: parent.bottom
        width: parent.width
        desk: root.desk
    }
}
