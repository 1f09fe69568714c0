/*
    Turns the leaves of a long list by two big buttons; gone when there is one leaf only.

        Turner { width: parent.width; leaves: hall.leaves; leaf: journey.leaf; onTurned: leaf => journey.turnLeaf(leaf) }
*/
import QtQuick
import themes
import themes.controls

Item {
    id: root

    required property int leaves
    required property int leaf

    signal turned(leaf: int)

    implicitHeight: visible ? 112 * Theme.unit : 0
    visible: leaves > 1

    SecondaryButton {
        objectName: "turn-previous"
        width: Math.round(300 * Theme.unit)
        height: parent.height
        text: qsTr("上一页")
        icon: "chevron_left"
        plain: true
        enabled: root.leaf > 0
        onClicked: root.turned(root.leaf - 1)
    }
    ProgressDots {
        anchors.centerIn: parent
        count: root.leaves
        present: root.leaf
    }
    SecondaryButton {
        objectName: "turn-next"
        anchors.right: parent.right
        width: Math.round(300 * Theme.unit)
        height: parent.height
        text: qsTr("下一页")
        icon: "chevron_right"
        iconAfter: true
        plain: true
        enabled: root.leaf < root.leaves - 1
        onClicked: root.turned(root.leaf + 1)
    }
}
