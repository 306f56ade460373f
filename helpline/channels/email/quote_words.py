"""How mail programs introduce what they quote, in the languages they speak."""

import re

WROTE_BEFORE = re.compile(
    # "On <date>, <somebody> wrote:" and its like: a first word, a date, a verb, and a colon at the end.
    r"^[-\s>*]*(?:(?:On|Am|Le|El|Il|Em|Op|Den|På|W dniu|Dnia|Dne|Pe|La data de|Vào|Στις)\b|在|於|于).{0,500}?"
    r"(?:\bwrote|\bwrites|\bschrieb|\ba\s+écrit|\bescribió|\bha\s+scritto|\bescreveu|\bschreef|\bskrev|\bkirjoitti|\bnapisał|"
    r"\bnapsal|\bnapísal|\ba scris|\bđã viết|\bέγραψε|\bezt írta|写道|寫道).{0,200}?[:：]\s*$",
    re.IGNORECASE | re.DOTALL,
)
WROTE_AFTER = re.compile(
    # The same with the verb at the end and nothing certain at the beginning.
    r"^.{0,500}(?:\bwrote|\bwrites|\bskrev|\bkirjoitti|\bnapsal\(a\)|\bnapisał\(a\)|\bnapísal\(a\)|\bezt írta|"
    r"написал\(?а?\)?|пише|пишет|"
    r"έγραψε|yazdı|写道|寫道|写到|のメール|からのメール|は書きました|さんは書きました|書きました|さんのメッセージ|님이 작성|작성|"
    r"เขียนว่า|เขียน|كتب|‫כתב|כתב|a écrit|escribió|ha\s+scritto|escreveu|viết)\s*[:：]\s*$",
    re.IGNORECASE | re.DOTALL,
)
DATED = re.compile(
    # No verb at all: "2026年11月27日(金) 10:00 Name <name@example.com>:".
    r"^[^\n\d]{0,30}\d.{4,300}<\s*[^<>\s]+@[^<>\s]+\s*>\s*[:：]\s*$",
    re.DOTALL,
)
ORIGINAL = re.compile(
    r"^[>\s]*[-_=*]{2,}\s*(?:Original (?:Message|Appointment)|Reply (?:message|above)|"
    r"Ursprüngliche (?:Nachricht|Mail)|Originalnachricht|"
    r"Message (?:d'origine|original)|Mensaje original|Messaggio originale|Mensagem original|Oorspronkelijk bericht|"
    r"Original ?meddelande|Ursprungligt meddelande|Oprindelig meddelelse|Opprinnelig melding|Alkuperäinen viesti|"
    r"Wiadomość oryginalna|Původní zpráva|Исходное сообщение|Eredeti üzenet|Orijinal (?:İleti|Mesaj)|"
    r"原始(?:邮件|郵件|訊息|信件|消息)|回复的原邮件|元のメッセージ|Original-Nachricht|원본 메시지)\s*[-_=*]{2,}\s*$",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"^[>\s]*(?:[-_=*]{2,}\s*)?(?:Forwarded (?:Message|mail)(?: by .{1,60})?|Begin forwarded message|"
    r"Weitergeleitete (?:Nachricht|Mail)|"
    r"Message (?:transféré|transmis)|Mensaje reenviado|Messaggio inoltrato|Mensagem encaminhada|Doorgestuurd bericht|"
    r"转发(?:的)?(?:邮件|消息)|轉寄(?:的)?(?:郵件|訊息)|轉寄郵件|転送メッセージ|Пересылаемое сообщение|전달된 메시지)"
    r"\s*[:：]?\s*(?:[-_=*]{2,})?\s*$",
    re.IGNORECASE,
)
FORWARDS = re.compile(r"^\s*(?:fwd?|wg|tr|rv|i|enc|vs|vb|pd|轉寄|转发|轉發|転送|전달)\s*[:：]", re.IGNORECASE)
"""A subject that says the mail below is the matter, not what was answered."""
_LABELS = {
    "from": "From|Von|De|Da|Van|Från|Fra|Lähettäjä|Od|От|Від|Kimden|Feladó|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|Từ",
    "sent": "Sent|Gesendet|Envoyé(?: le)?|Enviado(?: el)?|Inviato|Enviada(?: em)?|Verzonden|Skickat|Sendt|Lähetetty|Wysłano|"
    "Odesláno|Отправлено|Gönderildi|发送时间|傳送時間|發送時間|寄件日期|送信日時|보낸 날짜|Đã gửi",
    "date": "Date|Datum|Fecha|Data|Dato|Дата|Päiväys|日期|日時|날짜|Tarih|Ngày",
    "to": "To|An|À|A|Para|Aan|Till|Til|Do|Komu|Кому|Kime|收件人|收件者|宛先|받는 사람|Đến|Vastaanottaja",
    "cc": "Cc|Kopie|Kopia|Copie|Копия|抄送|副本|참조",
    "subject": "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Emne|Aihe|Temat|Předmět|Тема|Konu|Tárgy|"
    "主题|主旨|主題|件名|제목|Chủ đề",
}
LABEL = re.compile(
    r"^[>\s]*[*_]*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")[*_]*\s*[:：][*_]*\s?",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"^[>\s*_]*(?:(?:Sent|Posted) (?:from|via|with|using)|Get Outlook for|Gesendet (?:von|mit)|Von meinem \S+ gesendet|"
    r"Diese Nachricht wurde von|Envoyé (?:de|depuis|à partir)|Enviado (?:desde|do|de)|Inviato d[ae]|Verzonden (?:vanaf|met)|"
    r"Skickat från|Sendt fra|Lähetetty|Wysłane z|Odesláno z|Отправлено (?:с|из)|发自我的|從我的|傳送自|寄自|來自我的|来自我的|"
    r"从我的|自 ?.{0,12}发送|iPhoneから送信|.{1,15}から送信|나의 .{1,10}에서 보냄|보낸 곳)",
    re.IGNORECASE,
)
