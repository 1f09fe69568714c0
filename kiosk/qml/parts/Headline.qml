/*
    The one question of a page, in the larger size if it fits on a line, else in the smaller one on up to two.

        Headline { width: parent.width; text: qsTr("您来办什么事？") }
*/
import QtQuick
import themes
import themes.controls

Words {
    id: root

    size: measure.advanceWidth <= width ? Theme.size.headline : Theme.size.headlineLong
    bold: true
    lines: 2

    TextMetrics {
        id: measure

        text: root.text
        font.family: Theme.family
        font.pixelSize: Theme.size.headline
        font.weight: Font.Bold
    }
}
