/*
    The type sizes of the present theme in px, as `Theme.size`. What each is for stands in tokens.py.
*/
import QtQuick

QtObject {
    id: root

    required property var tokens
    required property real unit

    readonly property int caption: Math.round(root.tokens.caption * root.unit)
    readonly property int label: Math.round(root.tokens.label * root.unit)
    readonly property int body: Math.round(root.tokens.body * root.unit)
    readonly property int row: Math.round(root.tokens.row * root.unit)
    readonly property int title: Math.round(root.tokens.title * root.unit)
    readonly property int action: Math.round(root.tokens.action * root.unit)
    readonly property int figure: Math.round(root.tokens.figure * root.unit)
    readonly property int headline: Math.round(root.tokens.headline * root.unit)
    readonly property int headlineLong: Math.round(root.tokens.headlineLong * root.unit)
    readonly property int number: Math.round(root.tokens.number * root.unit)
    readonly property int numberMedium: Math.round(root.tokens.numberMedium * root.unit)
    readonly property int numberLong: Math.round(root.tokens.numberLong * root.unit)
}
