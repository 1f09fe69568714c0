// The panel of a rehearsal: one card per twin, what a person does to it as buttons, one line that says what happened.
pragma ComponentBehavior: Bound
import QtQuick
import installer.rehearsal.panel
import themes
import themes.controls

Rectangle {
    id: panel
    required property TwinActs acts
    color: Theme.color.background

    component Twin: Card {
        id: twin
        required property string title
        required property string icon
        default property alias buttons: row.data
        width: parent ? parent.width : 0
        height: heading.height + row.height + 6 * Theme.space.grid
        Row {
            id: heading
            x: 2 * Theme.space.grid
            y: 2 * Theme.space.grid
            spacing: 2 * Theme.space.grid
            Icon { name: twin.icon; side: Theme.space.icon; anchors.verticalCenter: parent.verticalCenter }
            Words { text: twin.title; size: Theme.size.title; bold: true }
        }
        Flow {
            id: row
            x: 2 * Theme.space.grid
            anchors.top: heading.bottom
            anchors.topMargin: 2 * Theme.space.grid
            width: parent.width - 4 * Theme.space.grid
            spacing: 2 * Theme.space.grid
        }
    }

    Column {
        id: column
        x: 2 * Theme.space.grid
        y: x
        width: panel.width - 2 * x
        spacing: 2 * Theme.space.grid

        Strip { width: parent.width; title: panel.acts.said; icon: "info" }
        Twin {
            title: "身份证阅读器"
            icon: "card_reader"
            SecondaryButton { text: "放身份证"; onClicked: panel.acts.layCard() }
            SecondaryButton { text: "拿走"; onClicked: panel.acts.liftCard() }
            SecondaryButton { text: "拔线"; onClicked: panel.acts.plug("id_card", "unplug") }
            SecondaryButton { text: "插回"; onClicked: panel.acts.plug("id_card", "plug") }
        }
        Twin {
            title: "扫码器"
            icon: "qr"
            Field { id: code; width: parent.width; editable: true; text: panel.acts.code; placeholder: "取走取号单后，这里是它的二维码"; onEdited: text => code.text = text }
            SecondaryButton { text: "出示二维码"; enabled: code.text !== ""; onClicked: panel.acts.showCode(code.text) }
            SecondaryButton { text: "拔线"; onClicked: panel.acts.plug("scanner", "unplug") }
            SecondaryButton { text: "插回"; onClicked: panel.acts.plug("scanner", "plug") }
        }
        Twin {
            title: "打印机"
            icon: "printer"
            SecondaryButton { text: "取走取号单"; onClicked: panel.acts.pullPaper() }
            SecondaryButton { text: "缺纸"; onClicked: panel.acts.setPaper("out") }
            SecondaryButton { text: "装纸"; onClicked: panel.acts.setPaper("ok") }
        }
        Image {
            width: parent.width
            height: panel.height - y - column.y * 2
            visible: panel.acts.paper !== ""
            source: panel.acts.paper === "" ? "" : "file:" + panel.acts.paper
            fillMode: Image.PreserveAspectFit
        }
    }
}
