"""Pages as newspapers' systems make them, invented."""

PARAGRAPHS = [
    f"Đoạn văn thứ {number} kể về việc nhắn tin phạt nguội cho chủ xe ở thành phố Đà Nẵng, "
    f"nơi đã có {number} nghìn trường hợp vi phạm được ghi lại trong năm qua."
    for number in ("một", "hai", "ba", "bốn")
]
CAPTION = "Xử lý phạt nguội qua camera. Ảnh: Lê An"
LEAD = "Từ đầu năm, thành phố đã gửi 13.479 lượt thông báo đến chủ xe."

JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org",
"@graph": [{"@type": "WebSite", "name": "Trang"}, {"@type": "NewsArticle",
"headline": "Đà Nẵng nhắn tin phạt nguội", "datePublished": "2018-02-04T22:15:07Z",
"author": [{"@type": "Person", "name": "Lê An"}], "articleSection": "Pháp luật",
"publisher": {"@type": "Organization", "name": "Tin Ven Biển"}}]}</script>"""
OPEN_GRAPH = f"""<meta property="og:title" content="Đà Nẵng nhắn tin phạt nguội">
<meta content="{LEAD}" property="og:description"/>
<meta property="og:url" content="https://tin.example/phap-luat/da-nang-123.html">
<meta property="og:site_name" content="Tin Ven Biển">
<meta property="article:published_time" content="2018-02-05T05:15:07+07:00">
<meta property="article:tag" content="Đà Nẵng"><meta property="article:tag" content="phạt">
"""
TIME = '<time datetime="2018-02-05T05:15:07+07:00">5/2/2018</time>'


def page(head: str = "", top: str = "", charset: str = "utf-8") -> str:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    figure = f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>"
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="{charset}">
<title>Đà Nẵng nhắn tin phạt nguội - Tin Ven Biển</title>{head}</head><body>
<nav><a href="/">Trang chủ</a> <a href="/phap-luat">Pháp luật</a></nav>
<article><h1>Đà Nẵng nhắn tin phạt nguội</h1>{top}{figure}{body}
<p>Xem thêm: Bài khác của chúng tôi</p></article>
<aside><h3>Tin khác</h3><a href="/b">Một bài khác</a></aside><footer>Bản quyền</footer>
</body></html>"""
