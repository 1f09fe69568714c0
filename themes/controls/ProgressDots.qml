/*
    Which page of a list this is: one dot per page.

        ProgressDots { count: list.pages; present: list.page }
*/
pragma ComponentBehavior: Bound
import QtQuick
import themes

Row {
    id: root

    required property int count
    // Index of the page shown, from 0.
    required property int present

    spacing: 2 * Theme.space.grid

    Repeater {
        model: root.count

        Rectangle {
            required property int index

            width: index === root.present ? 4 * Theme.space.grid : 2 * Theme.space.grid
            height: 2 * Theme.space.grid
            radius: height / 2
            color: index === root.present ? Theme.color.primary : Theme.color.track
        }
    }
}
