/*
    A quiet panel for things to read; it cannot be pressed and so has no lower edge.

        Card { width: parent.width; height: facts.height + 2 * Theme.space.cardPadding }
*/
import QtQuick
import themes

Rectangle {
    color: Theme.color.surface
    radius: Theme.space.radius
    border.color: Theme.color.line
    border.width: Theme.space.lineWidth
}
