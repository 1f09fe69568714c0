/*
    The citizen's own small screen: welcome, five levels for the number just finished, thanks. It never shows a name.
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes
import themes.controls
import window_client.viewmodels
import window_client.qml.parts

Rectangle {
    id: root

    required property RatingModel rating
    required property var words

    implicitWidth: 1024
    implicitHeight: 600
    color: Theme.color.background

    Binding {
        target: Theme
        property: "unit"
        value: Math.min(root.width / 1280, root.height / 750)
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.margin
        visible: root.rating.page === "welcome"
        spacing: Theme.space.gap

        Words {
            width: parent.width
            text: root.rating.windowTitle
            size: Theme.size.title
            muted: true
            horizontalAlignment: Text.AlignHCenter
        }
        NumberPlate {
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.rating.windowNumber
            plate: true
            size: Theme.size.numberMedium
        }
        Words {
            width: parent.width
            text: root.words.welcome
            size: Theme.size.headline
            bold: true
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: root.rating.online ? root.words.welcomeHelp : root.words.ratingAway
            muted: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
    Item {
        anchors.fill: parent
        anchors.margins: Theme.space.margin
        visible: root.rating.page === "rate"

        Column {
            id: question

            width: parent.width
            spacing: Theme.space.gap / 2

            Words {
                width: parent.width
                text: root.words.rateQuestion
                size: Theme.size.headlineLong
                bold: true
                horizontalAlignment: Text.AlignHCenter
            }
            Words {
                width: parent.width
                text: root.rating.number + "　" + root.rating.service
                size: Theme.size.body
                horizontalAlignment: Text.AlignHCenter
                color: Theme.color.primary
            }
        }
        Row {
            id: levels

            anchors.top: question.bottom
            anchors.bottom: foot.top
            anchors.topMargin: Theme.space.groupGap
            anchors.bottomMargin: Theme.space.groupGap
            spacing: Theme.space.gap

            Repeater {
                model: root.rating.levels

                LevelButton {
                    id: button

                    required property var modelData

                    objectName: "level_" + modelData.level
                    width: (root.width - 2 * Theme.space.margin - 4 * Theme.space.gap) / 5
                    height: levels.height
                    level: modelData.level
                    title: modelData.words
                    enabled: !root.rating.busy
                    onClicked: root.rating.rate(button.modelData.level)
                }
            }
        }
        Column {
            id: foot

            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.space.gap

            Words {
                width: parent.width
                text: root.words.rateHelp
                size: Theme.size.label
                lines: 2
                muted: true
                horizontalAlignment: Text.AlignHCenter
            }
            CountdownBar {
                width: parent.width
                value: root.rating.left
            }
        }
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.margin
        visible: root.rating.page === "thanks"
        spacing: Theme.space.gap

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: root.rating.kept ? "check_circle" : "warning"
            side: Math.round(160 * Theme.unit)
            color: root.rating.kept ? Theme.color.positive : Theme.color.caution
        }
        Words {
            width: parent.width
            text: root.rating.kept ? root.words.thanks : root.words.notKept
            size: root.rating.kept ? Theme.size.headline : Theme.size.headlineLong
            bold: true
            lines: 2
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            text: root.rating.kept ? root.words.thanksHelp : root.words.notKeptHelp
            lines: 2
            muted: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
