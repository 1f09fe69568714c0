/*
    The measures of the present theme in px, as `Theme.space`. What each is for stands in tokens.py.
*/
import QtQuick

QtObject {
    id: root

    required property var tokens
    required property real unit

    readonly property int grid: Math.round(root.tokens.grid * root.unit)
    readonly property int margin: Math.round(root.tokens.margin * root.unit)
    readonly property int gap: Math.round(root.tokens.gap * root.unit)
    readonly property int groupGap: Math.round(root.tokens.groupGap * root.unit)
    readonly property int barGap: Math.round(root.tokens.barGap * root.unit)
    readonly property int cardPadding: Math.round(root.tokens.cardPadding * root.unit)
    readonly property int tilePadding: Math.round(root.tokens.tilePadding * root.unit)
    readonly property int radius: Math.round(root.tokens.radius * root.unit)
    readonly property int buttonRadius: Math.round(root.tokens.buttonRadius * root.unit)
    readonly property int pictureRadius: Math.round(root.tokens.pictureRadius * root.unit)
    readonly property int pictureRadiusSmall: Math.round(root.tokens.pictureRadiusSmall * root.unit)
    readonly property int stripRadius: Math.round(root.tokens.stripRadius * root.unit)
    readonly property int keyRadius: Math.round(root.tokens.keyRadius * root.unit)
    readonly property int tagRadius: Math.round(root.tokens.tagRadius * root.unit)
    readonly property int band: Math.round(root.tokens.band * root.unit)
    readonly property int step: Math.round(root.tokens.step * root.unit)
    readonly property int bar: Math.round(root.tokens.bar * root.unit)
    readonly property int cell: Math.round(root.tokens.cell * root.unit)
    readonly property int action: Math.round(root.tokens.action * root.unit)
    readonly property int field: Math.round(root.tokens.field * root.unit)
    readonly property int search: Math.round(root.tokens.search * root.unit)
    readonly property int target: Math.round(root.tokens.target * root.unit)
    readonly property int keyWidth: Math.round(root.tokens.keyWidth * root.unit)
    readonly property int keyHeight: Math.round(root.tokens.keyHeight * root.unit)
    readonly property int keyGap: Math.round(root.tokens.keyGap * root.unit)
    readonly property int lineWidth: Math.round(root.tokens.lineWidth * root.unit)
    readonly property int edgeDepth: Math.round(root.tokens.edgeDepth * root.unit)
    readonly property int ring: Math.round(root.tokens.ring * root.unit)
    readonly property int picture: Math.round(root.tokens.picture * root.unit)
    readonly property int pictureSquare: Math.round(root.tokens.pictureSquare * root.unit)
    readonly property int pictureSmall: Math.round(root.tokens.pictureSmall * root.unit)
    readonly property int pictureSquareSmall: Math.round(root.tokens.pictureSquareSmall * root.unit)
    readonly property int icon: Math.round(root.tokens.icon * root.unit)
    readonly property int iconSmall: Math.round(root.tokens.iconSmall * root.unit)
    readonly property int iconStrip: Math.round(root.tokens.iconStrip * root.unit)
}
