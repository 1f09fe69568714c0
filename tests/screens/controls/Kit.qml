/*
    Colours, states, type, controls and icons on one sheet, to be looked at beside the kit picture of the design.
    Long because every control is on it.
*/
import QtQuick
import themes
import themes.controls

Rectangle {
    id: kit

    property list<string> icons
    property list<string> codeRows

    width: 1440
    height: sheet.height + 128
    color: Theme.color.background

    component Head: Words {
        size: 30
        bold: true
    }

    Column {
        id: sheet

        x: 64
        y: 56
        width: parent.width - 128
        spacing: 32

        Head {
            text: "颜色 " + Theme.name
        }
        Grid {
            columns: 7
            spacing: 12

            Repeater {
                model: ["background", "surface", "sunken", "line", "track", "edge", "focus", "text", "textMuted", "textOff", "primary", "primaryEdge", "primarySoft", "textOnPrimary", "calling", "callingSoft", "positive", "positiveSoft", "caution", "cautionSoft", "negative", "negativeSoft", "plate", "paper", "ink"]

                Rectangle {
                    id: swatch

                    required property string modelData

                    width: 177
                    height: 64
                    radius: 12
                    color: Theme.color[modelData]
                    border.color: Theme.color.line
                    border.width: 1

                    Words {
                        anchors.centerIn: parent
                        text: swatch.modelData
                        size: 20
                        bold: true
                        color: swatch.color.hslLightness > 0.55 ? "#13202D" : "#FFFFFF"
                    }
                }
            }
        }

        Head {
            text: "状态"
        }
        Row {
            spacing: 28

            Repeater {
                model: ["plain", "pressed", "focus", "off"]

                Column {
                    id: state

                    required property string modelData

                    spacing: 20

                    PrimaryButton {
                        width: 240
                        height: 120
                        text: "取号"
                        enabled: state.modelData !== "off"
                        keyDown: state.modelData === "pressed"
                        focus: state.modelData === "focus"
                    }
                    SecondaryButton {
                        width: 240
                        height: 120
                        text: "返回"
                        enabled: state.modelData !== "off"
                        keyDown: state.modelData === "pressed"
                    }
                }
            }
            Column {
                spacing: Theme.space.keyGap

                Row {
                    spacing: Theme.space.keyGap

                    Key {
                        text: "S"
                    }
                    Key {
                        text: "Q"
                        enabled: false
                    }
                }
                Key {
                    text: "删除"
                    icon: "backspace"
                    wide: 2
                }
            }
        }

        Head {
            text: "字号"
        }
        Column {
            Words {
                text: "caption 前面 3 人，约 10–20 分钟"
                size: Theme.size.caption
                muted: true
            }
            Words {
                text: "body 平放在屏幕下方的读卡区"
            }
            Words {
                text: "title 社保卡申领"
                size: Theme.size.title
                bold: true
            }
            Words {
                text: "您来办什么事？"
                size: Theme.size.headline
                bold: true
            }
        }

        Head {
            text: "部件"
        }
        Column {
            width: parent.width
            spacing: 24

            TopBand {
                width: parent.width
                title: "青禾区政务服务中心"
                date: "11 月 24 日　星期二"
                time: "09:42"
            }
            StepMark {
                width: 952
                steps: ["选事项", "核身份", "取号"]
                present: 1
            }
            Row {
                spacing: Theme.space.gap

                ServiceTile {
                    picture: "umbrella"
                    title: "社会保险"
                    captions: ["养老、失业、工伤", "社保卡"]
                }
                ServiceTile {
                    picture: "receipt_yen"
                    title: "办税缴费"
                    captions: ["申报、发票"]
                    enabled: false
                }
                ServiceTile {
                    width: 340
                    picture: "id_card"
                    title: "灵活就业人员参保登记"
                    foot: "前面 0 人"
                    footEnd: "现在可办"
                    kind: "positive"
                }
            }
            Row {
                NumberPlate {
                    text: "12"
                    plate: true
                    size: Theme.size.headline
                }
            }
            Field {
                placeholder: "搜事项：输入名称的拼音首字母，如 SBK"
                icon: "search"
                implicitHeight: Theme.space.search
            }
            Field {
                text: "SBK"
                icon: "search"
                active: true
                letterSpacing: 4

                TextButton {
                    text: "清空"
                    icon: "cross"
                }
            }
            Row {
                spacing: 32

                Card {
                    width: 952
                    height: list.height

                    Column {
                        id: list

                        width: parent.width

                        ListRow {
                            width: parent.width
                            title: "社保卡申领"
                            caption: "前面 3 人，约 10–20 分钟"
                            match: 3
                        }
                        ListRow {
                            width: parent.width
                            title: "社保卡补领换领"
                            caption: "按 09:17 计"
                            selected: true
                            Tag {
                                text: "优先"
                                kind: "positive"
                            }
                        }
                        ListRow {
                            width: parent.width
                            title: "不动产抵押权首次登记（含在建建筑物抵押）"
                            icon: "house_key"
                            lines: 2
                            ruled: false
                        }
                    }
                }
                Column {
                    spacing: 16

                    QrImage {
                        rows: kit.codeRows
                    }
                    Figure {
                        icon: "people"
                        label: "前面还有"
                        value: "3 人"
                    }
                }
            }
            Row {
                spacing: 16

                Tag {
                    text: "普通"
                }
                Tag {
                    text: "预约 09:50"
                    kind: "primary"
                }
                Tag {
                    text: "优先"
                    kind: "positive"
                }
                Tag {
                    text: "窗口暂停"
                    kind: "caution"
                }
                Tag {
                    text: "过号"
                    kind: "negative"
                }
                Tag {
                    text: "请到窗口"
                    kind: "calling"
                }
                KeyName {
                    text: "F9"
                }
                TickBox {
                    ticked: true
                }
                TickBox {}
                TickBox {
                    needless: true
                }
                ProgressDots {
                    count: 3
                    present: 1
                }
            }
            Grid {
                columns: 2
                spacing: 24

                Repeater {
                    model: ["info", "caution", "negative", "positive", "calling"]

                    Strip {
                        required property string modelData

                        width: 644
                        kind: modelData
                        title: "网络断了，取号照常"
                        caption: "号码有效，等候人数以现场为准"
                    }
                }
            }
            Segments {
                options: ["我能办的 6", "全厅 40"]
                present: 0
            }
            CountdownBar {
                value: 0.6
            }
            Row {
                spacing: 24

                Repeater {
                    model: ["A023", "A2-104"]

                    Card {
                        required property string modelData

                        width: 700 - index * 88
                        height: 330

                        required property int index

                        NumberPlate {
                            anchors.centerIn: parent
                            text: parent.modelData
                            size: parent.index === 0 ? Theme.size.number : 160
                        }
                    }
                }
            }
            FootBar {
                Repeater {
                    model: [["home", "首页"], ["back", "返回"], ["elder", "长辈版"], ["accessibility", "无障碍"], ["globe", "English"], ["headset", "找人帮忙"]]

                    BarButton {
                        required property int index
                        required property list<string> modelData

                        icon: modelData[0]
                        text: modelData[1]
                        enabled: index > 0
                        selected: index === 2
                    }
                }
            }
        }

        Head {
            text: "图标"
        }
        Grid {
            columns: 15
            columnSpacing: 38
            rowSpacing: 24

            Repeater {
                model: kit.icons

                Icon {
                    required property string modelData

                    name: modelData
                }
            }
        }
    }
}
