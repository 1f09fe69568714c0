/*
    The look a page asks for by role:

        color: Theme.color.surface
        font.pixelSize: Theme.size.title
        spacing: Theme.space.gap
        width: 320 * Theme.unit           // a measure only this page has

    Change the whole program's look by one property: `Theme.name = "large_print"`.
*/
pragma Singleton
import QtQuick
import themes.tokens

QtObject {
    id: root

    // Folder of the theme: standard, large_print, high_contrast, or a city's own.
    property string name: "standard"
    // Whose sizes: "kiosk" or "desk".
    property string scale: "kiosk"
    // Screen px per unit; the program sets it from the size of its screen.
    property real unit: 1

    readonly property var tokens: ThemeFiles.tokens(name, scale)
    // Length of a page's cross-fade; 0 where nothing should move.
    readonly property int fadeMs: tokens.fadeMs
    readonly property string family: ThemeFiles.family()

    readonly property Colors color: Colors {
        tokens: root.tokens.color
    }
    readonly property Sizes size: Sizes {
        tokens: root.tokens.size
        unit: root.unit
    }
    readonly property Spaces space: Spaces {
        tokens: root.tokens.space
        unit: root.unit
    }
}
