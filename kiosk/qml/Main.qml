/*
    The one screen of a kiosk: band, notices, the page of the journey, bar; and the question 还在吗 over all of it.
*/
import QtQuick
import themes
import themes.controls
import kiosk.viewmodels
import kiosk.qml.parts

Rectangle {
    id: root

    required property JourneyModel journey
    required property HallModel hall
    required property TicketModel ticket
    // The page shown and its fade over: what `--play` waits for before it looks.
    readonly property bool settled: pages.shown === journey.page && !fade.running

    implicitWidth: 1080
    implicitHeight: 1920
    color: Theme.color.background

    Binding {
        target: Theme
        property: "unit"
        value: Math.min(root.width / 1080, root.height / 1920)
    }
    Binding {
        target: Theme
        property: "name"
        value: root.journey.theme
    }

    Item {
        id: stage

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.round(1080 * Theme.unit)
        height: parent.height
        enabled: !root.journey.asking

        TopBand {
            id: band

            width: parent.width
            title: name.elidedText
            date: root.journey.largePrint || root.journey.english ? "" : root.hall.date
            time: root.hall.time
        }
        TextMetrics {
            id: name

            text: root.hall.name
            elide: Text.ElideRight
            // What is left beside the mark, the date and the time.
            elideWidth: stage.width - (band.date === "" ? 400 : 640) * Theme.unit
            font.family: Theme.family
            font.pixelSize: Theme.size.row
            font.weight: Font.Bold
        }
        Notices {
            id: notices

            x: Theme.space.margin
            y: band.height
            width: parent.width - 2 * Theme.space.margin
            journey: root.journey
            hall: root.hall
        }
        Loader {
            id: pages

            property string shown: ""

            anchors.top: notices.visible ? notices.bottom : band.bottom
            anchors.topMargin: notices.visible ? Theme.space.gap : 0
            anchors.bottom: bar.visible ? bar.top : parent.bottom
            width: parent.width

            // The page that asked for the number stays until there is one: a wait of milliseconds needs no page.
            function show(page: string): void {
                if (page !== "issuing") {
                    const file = page.split("_").map(word => word[0].toUpperCase() + word.slice(1)).join("");
                    setSource("pages/" + file + "Page.qml", { journey: root.journey, hall: root.hall, ticket: root.ticket });
                    if (Theme.fadeMs > 0 && shown !== "")
                        fade.restart();
                }
                shown = page;
            }

            Component.onCompleted: show(root.journey.page)

            NumberAnimation {
                id: fade

                target: pages
                property: "opacity"
                from: 0
                to: 1
                duration: Theme.fadeMs
            }
        }
        Connections {
            target: root.journey

            function onPageChanged(): void {
                pages.show(root.journey.page);
            }
        }
        BottomBar {
            id: bar

            anchors.bottom: parent.bottom
            width: parent.width
            visible: root.journey.page !== "unconfigured"
            journey: root.journey
        }
    }
    StillThere {
        anchors.fill: parent
        visible: root.journey.asking
        journey: root.journey
    }
}
