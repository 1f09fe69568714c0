/*
    The colour roles of the present theme, as `Theme.color`. What each is for stands in tokens.py.
*/
import QtQuick

QtObject {
    id: root

    required property var tokens

    readonly property color background: root.tokens.background
    readonly property color surface: root.tokens.surface
    readonly property color sunken: root.tokens.sunken
    readonly property color line: root.tokens.line
    readonly property color track: root.tokens.track
    readonly property color edge: root.tokens.edge
    readonly property color text: root.tokens.text
    readonly property color textMuted: root.tokens.textMuted
    readonly property color textOff: root.tokens.textOff
    readonly property color primary: root.tokens.primary
    readonly property color primaryEdge: root.tokens.primaryEdge
    readonly property color primarySoft: root.tokens.primarySoft
    readonly property color textOnPrimary: root.tokens.textOnPrimary
    readonly property color calling: root.tokens.calling
    readonly property color callingSoft: root.tokens.callingSoft
    readonly property color textOnCalling: root.tokens.textOnCalling
    readonly property color positive: root.tokens.positive
    readonly property color positiveSoft: root.tokens.positiveSoft
    readonly property color textOnPositive: root.tokens.textOnPositive
    readonly property color caution: root.tokens.caution
    readonly property color cautionSoft: root.tokens.cautionSoft
    readonly property color negative: root.tokens.negative
    readonly property color negativeSoft: root.tokens.negativeSoft
    readonly property color plate: root.tokens.plate
    readonly property color textOnPlate: root.tokens.textOnPlate
    readonly property color focus: root.tokens.focus
    readonly property color paper: root.tokens.paper
    readonly property color ink: root.tokens.ink
}
