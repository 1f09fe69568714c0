"""The page for an address that leads nowhere: says so, and shows the ways on."""

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>没有这一页</title>
  <link rel="icon" href="/look/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/look/standard.css">
  <link rel="stylesheet" href="/look/plain.css">
</head>
<body>
  <main>
    <img src="/look/mark.svg" alt="">
    <h1>没有这一页</h1>
    <p>网址可能写错了。要看叫号，请打开叫号屏；管理人员请打开管理页。</p>
    <a class="button" href="/board">叫号屏</a>
    <p><a href="/manage/">管理页</a></p>
  </main>
</body>
</html>
"""


def page() -> str:
    """The whole page."""
    return PAGE
