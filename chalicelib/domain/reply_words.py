"""How mail programs introduce what they quote and sign what they send, by language: a new language is a row a table.

All of it meets lower-case text without bidi marks, vowel signs or bold stars, with single spaces (`reply_text`).
"""

# Our own line at the head of every mail we send, and those of other desks. In a short line of its own.
MARKERS = {
    "en": "reply above this line|answer above this line|response above this line|reply above the line"
    "|above this line to reply|above this line to respond|type your reply above|type your response above"
    "|reply above this dotted line|only reply above|write above this line|do not write below this line",
    "ar": "فوق هذا السطر|فوق هذا الخط|اعلى هذا السطر|اعلى هذا الخط|اعلى من هذا السطر",
    "he": "מעל שורה זו|מעל לשורה זו|מעל לקו זה|מעל קו זה|מעל השורה הזו",
    "fa": "بالای این خط|بالای این سطر",
    "fr": "au-dessus de cette ligne|au dessus de cette ligne",
    "de": "oberhalb dieser zeile|über dieser zeile|über diese zeile|oberhalb dieser linie|über dieser linie",
    "es": "encima de esta línea|arriba de esta línea|sobre esta línea",
    "pt": "acima desta linha|acima dessa linha",
    "it": "sopra questa riga|al di sopra di questa linea|sopra questa linea",
    "nl": "boven deze regel|boven deze lijn",
    "pl": "powyżej tej linii|powyżej tego wiersza|nad tą linią",
    "ru": "выше этой строки|над этой строкой|выше этой линии|над этой линией|над этой чертой",
    "uk": "вище цього рядка|над цим рядком|над цією лінією|вище цієї лінії",
    "tr": "bu satırın üst|bu çizginin üst|bu satırın üzerine|bu çizginin üzerine",
    "sv": "ovanför den här raden|ovanför denna rad|ovanför denna linje|ovanför den här linjen",
    "da": "over denne linje|oven over denne linje",
    "no": "over denne linjen|ovenfor denne linjen",
    "fi": "tämän rivin yläpuole|tämän viivan yläpuole",
    "cs": "nad tento řádek|nad tímto řádkem|nad tuto čáru|nad touto čárou",
    "hu": "e sor fölé|a sor fölé|ezen sor fölé",
    "ro": "deasupra acestei linii|deasupra acestui rând",
    "el": "πάνω από αυτή τη γραμμή|πάνω από αυτήν τη γραμμή",
    "id": "di atas baris ini|di atas garis ini",
    "vi": "phía trên dòng này|trên dòng này",
    "zh": "此行上方|此线上方|此行以上|此线以上|在此行之上|此行上面|此線上方|這行上方|这行上方",
    "ja": "この行より上|この線より上|この行の上",
    "ko": "이 줄 위에|이 선 위에",
}

# A desk's line asks for an answer, or is drawn with strokes; without, somebody tells of a line.
ANSWERS = (
    "repl|respon|answer|type|write below|write above|رد|اكتب|كتابة|تكتب|השב|תשוב|כתוב|כתיבה|پاسخ|بنویس|répon|écri"
    "|antwort|schreib|respuesta|respond|escrib|escrev|rispo|scriv|rispond|antwoord|schrijf|typ|odpowied|wpis|ответ|пиш"
    "|відпов|yanıt|cevap|yazın|svar|skriv|vasta|kirjoit|odpov|piš|válasz|răspun|scrie|απάντ|απαντ|balas|tulis|trả lời"
    "|回复|回覆|输入|输入|返信|記入|입력|답"
)

# The line before a quote: the words before its date, and the words that say who wrote.
INTRODUCTIONS = {
    "en": ("on|at|in message|in a message dated", "wrote|writes|you write|sent|wrote the following|has written"),
    "ar": ("في|بتاريخ|يوم|في يوم|بتاريخ يوم", "كتب|كتبت|كتب/ت|تمت كتابة ما يلي بواسطة|كتب ما يلي"),
    "he": ("בתאריך|ביום|ב", "כתב|כתבה|כתב/ה|מאת|כתב(ה)"),
    "fa": ("در|در تاریخ|در روز", "نوشت|نوشته است|نوشته"),
    "fr": ("le|en date de|en date du|à", "a écrit|a ecrit|écrivait|écrit"),
    "de": ("am|um", "schrieb|schrieben|geschrieben|schreibt|folgendes geschrieben"),
    "es": ("el|en|a las", "escribió|escribio|ha escrito|escribe"),
    "it": ("il|in data|il giorno|alle", "ha scritto|scrive|scriveva"),
    "pt": ("em|no dia|a|às|na", "escreveu|escrito por"),
    "nl": ("op", "schreef|geschreven|het volgende geschreven"),
    "pl": ("w dniu|dnia|w", "napisał|napisała|napisał(a)|pisze|wiadomość napisana przez|nadesłał|nadesłała"),
    "ru": ("в|от", "написал|написала|написал(а)|написали|пишет|писал|писала|писал(а)"),
    "uk": ("в|у|о", "пише|написав|написала|написав(ла)|написав(-ла)|писав|писала|надіслав"),
    "tr": ("tarihinde", "yazdı|yazmış|şunu yazdı|şunları yazdı"),
    "sv": ("den|på", "skrev|skrev följande"),
    "da": ("den|d.", "skrev|skrev følgende"),
    "no": ("den|på", "skrev|skreiv|skrev følgende"),
    "fi": ("kello", "kirjoitti|kirjoitti seuraavaa"),
    "cs": ("dne", "napsal|napsala|napsal(a)|napsal/a|píše"),
    "sk": ("dňa", "napísal|napísala|napísal(a)|píše"),
    "hu": ("ekkor", "írta|ezt írta"),
    "ro": ("în|pe|la|în data de", "a scris"),
    "el": ("στις|την|στην", "έγραψε"),
    "bg": ("на", "написа|пише|написа(ха)"),
    "hr": ("dana|u", "napisao je|napisala je|je napisao|je napisala|je napisao/la|napisao|piše"),
    "sl": ("dne|v", "je napisal|je napisala|je napisal/-a|piše"),
    "sr": ("дана|у", "је написао|је написала|је написао/ла"),
    "lt": ("data", "rašė|parašė"),
    "lv": ("plkst", "rakstīja|raksta"),
    "et": ("kuupäeval", "kirjutas"),
    "ca": ("el|del dia", "va escriure|ha escrit|missatge de"),
    "id": ("pada|pada tanggal", "menulis"),
    "vi": ("vào|lúc|vào lúc", "đã viết"),
    "th": ("เมื่อ|ในวันที่", "เขียนว่า|เขียน"),
    "zh": ("在|于|於", "写道|寫道|写到|寫到"),
    "ja": ("日時", "のメール|のメッセージ|は書きました|が書きました|さんは書きました|のコメント"),
    "ko": ("에", "작성|님이 작성|님이 작성하였습니다|작성하였습니다|님의 말"),
}

# Words of somebody who tells a story: "On Monday your colleague wrote:" introduces no quote of a mail program.
STORIES = {
    "en": "i|me|my|you|your|he|his|she|her|we|us|our|they|their|who|someone|somebody|already|also",
    "ar": "لي|الي|لنا|زميلكم|زميلك|موظفكم|موظف|احدكم|احد|انا|انتم|هو|هي|نحن|صديقي|جاري",
    "he": "לי|לנו|הוא|היא|אני|אתם|שלכם|שלך|שלי|נציג|הנציג",
    "fa": "من|برایم|شما|همکار|همکارتان|او|ما",
    "fr": "je|j'ai|m'a|me|mon|ma|mes|vous|votre|vos|il|elle|nous|notre|on|ils",
    "de": "ich|mir|mich|mein|meine|sie|ihr|ihre|ihnen|er|wir|uns|unser|jemand|man",
    "es": "yo|me|mi|usted|ustedes|su|sus|él|ella|nos|nuestro|alguien|le",
    "it": "io|mi|mio|mia|lei|lui|voi|vostro|vostra|suo|sua|ci|nostro|qualcuno",
    "pt": "eu|me|meu|minha|você|vocês|seu|sua|ele|ela|nos|nosso|alguém|vosso|vossa",
    "nl": "ik|mij|me|mijn|u|uw|jij|je|jullie|hij|zij|ze|wij|ons|iemand",
    "pl": "ja|mi|mnie|mój|moja|pan|pani|państwa|wasz|on|ona|my|nam|ktoś",
    "ru": "я|мне|мой|моя|вы|ваш|ваша|он|она|мы|нам|кто-то|сотрудник",
    "uk": "я|мені|мій|моя|ви|ваш|ваша|він|вона|ми|нам|хтось",
    "tr": "ben|bana|siz|sizin|o|biz|bize|birisi",
    "sv": "jag|mig|min|ni|er|din|du|han|hon|vi|oss|någon",
    "da": "jeg|mig|min|i|jeres|din|du|han|hun|vi|os|nogen",
    "no": "jeg|meg|min|dere|deres|din|du|han|hun|vi|oss|noen",
    "fi": "minä|minulle|te|teidän|hän|me|meille|joku",
    "zh": "我|你|您|他|她|我们|你们",
    "ja": "私|あなた|彼|彼女|御社|貴社",
}

# A mail's copied headers: from, date, to, subject.
HEADER_LABELS = {
    "en": ("from", "sent|date|date sent", "to", "subject"),
    "ar": (
        "من|المرسل",
        "تاريخ الارسال|التاريخ|تاريخ|تم الارسال|تم الارسال في|ارسلت|ارسل|مرسل|الارسال|ارسال|وقت الارسال",
        "الى|المرسل اليه|المستلم|المستقبل|المستلمون",
        "الموضوع|موضوع",
    ),
    "he": ("מאת|מ|השולח|שולח", "נשלח|תאריך|נשלח בתאריך|נשלח ב", "אל|ל|נמען|לכבוד", "נושא|הנדון"),
    "fa": ("از|فرستنده", "ارسال شده|تاریخ|ارسال|تاریخ ارسال|ارسال شده در", "به|گیرنده", "موضوع|عنوان"),
    "fr": ("de|expéditeur", "envoyé|date|envoyé le|date d'envoi", "à|a|pour|destinataire", "objet|sujet"),
    "de": ("von|absender", "gesendet|datum|gesendet am|verschickt|geschickt", "an|empfänger", "betreff|thema"),
    "es": ("de|remitente", "enviado|enviado el|fecha|fecha de envío|enviada el", "para|a|destinatario", "asunto|tema"),
    "it": ("da|mittente", "inviato|data|inviata|data invio", "a|per|destinatario", "oggetto"),
    "pt": ("de|remetente", "enviado|enviada|enviada em|enviado em|data|enviado a|data de envio", "para", "assunto"),
    "nl": ("van|afzender", "verzonden|datum|verstuurd|verzonden op", "aan|naar", "onderwerp"),
    "pl": ("od|nadawca", "wysłano|data|wysłane|data wysłania", "do|adresat|odbiorca", "temat"),
    "ru": ("от|от кого|отправитель", "отправлено|дата|отправлен|дата отправки", "кому|получатель", "тема"),
    "uk": ("від|від кого|відправник", "надіслано|дата|відправлено|дата надсилання", "кому|одержувач", "тема"),
    "tr": ("kimden|gönderen", "gönderildi|tarih|gönderme tarihi|gönderim tarihi", "kime|alıcı|kimlere", "konu"),
    "sv": ("från|avsändare", "skickat|datum|skickades|skickad", "till|mottagare", "ämne|rubrik"),
    "da": ("fra|afsender", "sendt|dato", "til|modtager", "emne"),
    "no": ("fra|avsender", "sendt|dato", "til|mottaker", "emne"),
    "fi": ("lähettäjä|keneltä", "lähetetty|päivämäärä|päiväys|pvm", "vastaanottaja|kenelle|saaja", "aihe"),
    "cs": ("od|odesílatel", "odesláno|datum", "komu|příjemce", "předmět"),
    "sk": ("od|odosielateľ", "odoslané|dátum", "komu|príjemca", "predmet"),
    "hu": ("feladó|küldő", "küldve|dátum|elküldve", "címzett", "tárgy"),
    "ro": ("de la|expeditor", "trimis|data|dată|trimis la", "către|la", "subiect"),
    "el": ("από|αποστολέας", "στάλθηκε|ημερομηνία|απεστάλη", "προς|παραλήπτης", "θέμα"),
    "bg": ("от|подател", "изпратено|дата", "до|получател", "относно|тема"),
    "hr": ("od|šalje|pošiljatelj", "poslano|datum", "za|prima|primatelj", "predmet"),
    "sl": ("od|pošiljatelj", "poslano|datum", "za|prejemnik", "zadeva"),
    "sr": ("od|od koga|шаље|од", "poslato|datum|послато|датум", "za|kome|за|коме", "tema|naslov|тема|наслов"),
    "lt": ("nuo|siuntėjas", "išsiųsta|data", "kam|gavėjas", "tema"),
    "lv": ("no|sūtītājs", "nosūtīts|datums", "kam|adresāts", "temats|tēma"),
    "et": ("saatja|kellelt", "saadetud|kuupäev", "adressaat|kellele|saaja", "teema"),
    "ca": ("de|remitent", "enviat|data|enviat el", "per a|per|destinatari", "assumpte"),
    "id": ("dari", "dikirim|terkirim|tanggal", "kepada|untuk|ke", "subjek|perihal|judul"),
    "vi": ("từ|người gửi", "đã gửi|ngày gửi|ngày", "đến|tới|người nhận", "chủ đề|tiêu đề"),
    "th": ("จาก", "ส่ง|วันที่|ส่งเมื่อ", "ถึง", "เรื่อง"),
    "zh": (
        "发件人|寄件者|寄件人|发送人|發件人|发件者",
        "发送时间|日期|寄件日期|傳送時間|发送日期|時間|时间|已发送|發送時間|傳送日期|已傳送",
        "收件人|收件者",
        "主题|主旨|主題|标题",
    ),
    "ja": ("差出人|送信者|送信元|from", "送信日時|日付|日時|送信|sent|date", "宛先|to", "件名|subject"),
    "ko": ("보낸 사람|보낸사람|발신", "보낸 날짜|날짜|보낸날짜|보낸 시간|일시", "받는 사람|받는사람|수신", "제목"),
}

# Between dashes, above what is quoted without marks.
ORIGINALS = {
    "en": "original message|original mail|original email|original e-mail|reply message|previous message"
    "|original appointment|original-message|reply separator",
    "ar": "الرسالة الاصلية|رسالة اصلية|النص الاصلي|البريد الاصلي",
    "he": "הודעה מקורית|ההודעה המקורית",
    "fa": "پیام اصلی|متن اصلی|پیغام اصلی",
    "fr": "message d'origine|message original|message initial|e-mail d'origine|mail d'origine|message précédent",
    "de": "antwort nachricht|ursprüngliche nachricht|originalnachricht|original-nachricht|originale nachricht"
    "|ursprüngliche mitteilung|originalmail|ursprüngliche e-mail|original nachricht",
    "es": "mensaje original|mensaje anterior|correo original",
    "it": "messaggio originale|messaggio precedente|mail originale",
    "pt": "mensagem original|mensagem anterior",
    "nl": "oorspronkelijk bericht|origineel bericht|oorspronkelijke bericht",
    "pl": "wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|pierwotna wiadomość",
    "ru": "исходное сообщение|оригинальное сообщение|исходное письмо|первоначальное сообщение",
    "uk": "вихідне повідомлення|початкове повідомлення|оригінальне повідомлення|оригінал повідомлення",
    "tr": "orijinal mesaj|özgün ileti|orijinal ileti|asıl ileti|özgün mesaj",
    "sv": "ursprungligt meddelande|originalmeddelande|ursprungsmeddelande|originalmejl",
    "da": "oprindelig meddelelse|original meddelelse|oprindelig besked",
    "no": "opprinnelig melding|original melding|opprinnelig e-post",
    "fi": "alkuperäinen viesti",
    "cs": "původní zpráva|původní e-mail|původní email",
    "sk": "pôvodná správa|pôvodný e-mail",
    "hu": "eredeti üzenet",
    "ro": "mesaj original|mesajul original",
    "el": "αρχικό μήνυμα|πρωτότυπο μήνυμα",
    "bg": "оригинално съобщение|оригинално писмо",
    "hr": "izvorna poruka|originalna poruka",
    "sl": "izvirno sporočilo",
    "id": "pesan asli",
    "vi": "thư gốc|tin nhắn gốc",
    "th": "ข้อความต้นฉบับ",
    "zh": "原始邮件|原始郵件|邮件原件|郵件原件|原邮件|原始信息|原始消息|原邮件信息|原信件|回复的原邮件|答复的邮件",
    "ja": "元のメッセージ|元のメール|オリジナルメッセージ",
    "ko": "원본 메시지|원본 메일|원본 이메일",
}

# What follows these is what the customer passes on to us, not what we have read already: it stays.
FORWARDS = {
    "en": "forwarded message|begin forwarded message|forwarded by|original message forwarded|forwarded mail"
    "|forwarded email|start of forwarded message|begin forwarded mail",
    "ar": "رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محولة|بدء الرسالة المعاد توجيهها|رسالة تم تحويلها"
    "|بداية الرسالة المعاد توجيهها|بداية الرسالة المحولة|اعادة توجيه الرسالة",
    "he": "הודעה שהועברה|תחילת ההודעה שהועברה|הודעה מועברת|תחילת הודעה מועברת",
    "fa": "پیام بازفرستاده|پیام ارجاع شده|پیام هدایت شده|پیام بازارسال شده",
    "fr": "message transféré|début du message réexpédié|message réexpédié|début du message transféré|message transmis",
    "de": "weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitete mail"
    "|weitergeleitete e-mail|beginn der weitergeleiteten nachricht",
    "es": "mensaje reenviado|inicio del mensaje reenviado|comienzo del mensaje reenviado",
    "it": "messaggio inoltrato|inizio messaggio inoltrato",
    "pt": "mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada",
    "nl": "doorgestuurd bericht|begin doorgestuurd bericht",
    "pl": "wiadomość przekazana|przesłana wiadomość|treść przekazanej wiadomości|przekazana wiadomość"
    "|początek przekazywanej wiadomości|wiadomość przesłana dalej",
    "ru": "пересылаемое сообщение|пересланное сообщение|переадресованное сообщение|начало переадресованного сообщения"
    "|начало пересылаемого сообщения|конец пересылаемого сообщения",
    "uk": "переслане повідомлення|пересилання|початок пересланого повідомлення|початок листа, що пересилається",
    "tr": "iletilen mesaj|yönlendirilmiş mesaj|iletilmiş ileti|yönlendirilen ileti|iletilen ileti|yönlendirilmiş ileti",
    "sv": "vidarebefordrat meddelande|vidarebefordrat mail|vidarebefordrat brev|vidarebefordrat mejl"
    "|början på vidarebefordrat meddelande",
    "da": "videresendt meddelelse|videresendt besked|start på videresendt besked",
    "no": "videresendt melding|videresendt e-post|start på videresendt melding",
    "fi": "välitetty viesti|edelleenlähetetty viesti|välitetty viesti alkaa",
    "cs": "přeposlaná zpráva|přeposlaný e-mail|začátek přeposílané zprávy",
    "sk": "preposlaná správa|začiatok preposlanej správy",
    "hu": "továbbított üzenet|továbbított levél|a továbbított üzenet kezdete",
    "ro": "mesaj redirecționat|începutul mesajului redirecționat|mesaj transmis mai departe",
    "el": "προωθημένο μήνυμα|έναρξη προωθημένου μηνύματος",
    "bg": "препратено съобщение|препратено писмо",
    "id": "pesan terusan|pesan yang diteruskan",
    "vi": "thư được chuyển tiếp|tin nhắn đã được chuyển tiếp",
    "zh": "转发的邮件|轉寄郵件|转发邮件|被转发邮件|轉寄的郵件|开始转发的邮件|转发邮件信息|以下是轉寄的郵件",
    "ja": "転送メッセージ|転送されたメッセージ|転送メール|転送されたメール",
    "ko": "전달된 메시지|전달된 메일|전달된 이메일",
}

# How a mail program begins the subject of what is passed on.
FORWARD_SUBJECTS = (
    "fwd|fw|forwarded|wg|wtr|tr|rv|enc|encaminhada|i|inoltra|doorst|vb|vl|pd|ilt|i̇lt|iletilen|تحويل|اعادة توجيه"
    "|اعادة التوجيه|הועבר|העב|بازارسال|هدایت|пересылка|переслано|转发|轉寄|轉發|転送|továbbítás|tov|προωθ|전달"
)
