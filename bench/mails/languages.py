"""What people write, and what their programs write it in."""

PLAIN = "This lamp does not shine any more, and it is not the bulb."
WRITTEN: tuple[tuple[str, str], ...] = (
    ("gb2312", "我的台灯坏了，请帮我看看，谢谢。"),
    ("gbk", "訂單還沒有收到，請幫我查一下。"),
    ("gb18030", "你好，发票抬头写错了，可以改吗？"),
    ("big5", "您好，我的訂單還沒有收到，請幫我查詢。"),
    ("big5-hkscs", "你好，請問幾時可以退款？多謝。"),
    ("iso-2022-jp", "こんにちは、ランプが壊れました。よろしくお願いします。"),
    ("shift_jis", "商品がまだ届いていません。ご確認をお願いします。"),
    ("euc-jp", "返品の方法を教えてください。ありがとうございます。"),
    ("euc-kr", "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다."),
    ("ks_c_5601-1987", "환불은 언제 받을 수 있을까요? 감사합니다."),
    ("koi8-r", "Здравствуйте, моя лампа больше не светит."),
    ("windows-1251", "Добрый день, когда придёт мой заказ?"),
    ("koi8-u", "Доброго дня, моя лампа більше не світить."),
    ("iso-8859-1", "Bonjour, ma lampe a été livrée cassée; que faire?"),
    ("iso-8859-2", "Dzień dobry, moja lampa już nie świeci."),
    ("iso-8859-7", "Καλημέρα, η λάμπα μου δεν ανάβει πια."),
    ("iso-8859-9", "Merhaba, lambam artık yanmıyor, teşekkürler."),
    ("iso-8859-15", "Guten Tag, die Lampe für 20 € ist größer als gedacht."),
    ("windows-1252", "Grüße – „die Lampe“ kostet 20 €, oder?"),
    ("windows-1255", "שלום, המנורה שלי כבר לא עובדת."),
    ("windows-1256", "مرحبا، مصباحي لم يعد يعمل."),
    ("windows-1257", "Labdien, mana lampa vairs nespīd."),
    ("windows-1258", "Xin chào, đèn không sáng."),
    ("tis-620", "สวัสดีครับ โคมไฟของผมเสีย"),
    ("utf-8", "你好，Grüße, здравствуйте, こんにちは 🙂"),
    ("utf-7", "Grüße aus Köln, die Lampe geht nicht. 谢谢"),
    ("utf-16", "The lamp, 台灯, лампа."),
)
PROGRAMS_SAY = {"big5-hkscs": "big5-hkscs", "ks_c_5601-1987": "ks_c_5601-1987", "tis-620": "TIS-620"}
NO_EIGHT_BIT = {"utf-16"}
"""Nothing a mail can hold as it is: NULs and all."""
AWAY = (
    "Out of office: your order",
    "Automatische Antwort: Ihre Frage",
    "自動回覆：您的來信",
    "自动回复: 您好",
    "Автоответ: заказ",
)
