"""How mail programs introduce what they quote, by language: a new language is a row in each table.

All patterns meet lower-case text without bidi marks, vowel signs or bold stars, with single spaces (`reply_text`).
"""

# Our own line at the head of every mail we send.
MARKERS = ("write your reply above this line", "الرد يكتب فوق هذا السطر")

# The line before a quote, whole (it may have been wrapped and is joined again). `…` stands for anything.
ATTRIBUTIONS = {
    "en": (
        "on … wrote:",
        "on … writes:",
        "… wrote on …:",
        "… wrote the following on …:",
        "in message … wrote:",
        "… wrote:",
        "on … sent:",
    ),
    "ar": (
        "في … كتب…:",
        "في … كتبت …:",
        "في … تمت كتابة ما يلي بواسطة …:",
        "بتاريخ … كتب…:",
        "كتب … في …:",
        "يوم … كتب…:",
    ),
    "fr": ("le … a écrit :", "le … a écrit:", "… a écrit le …:", "en date de …, … a écrit :", "… <…> a écrit :"),
    "de": ("am … schrieb …:", "am … hat … geschrieben:", "… schrieb am …:", "von: … am …:", "… schrieb:"),
    "es": ("el … escribió:", "… escribió el …:", "en … escribió:", "el … ha escrito:", "a las … escribió:"),
    "it": ("il … ha scritto:", "in data … ha scritto:", "il giorno … ha scritto:", "… ha scritto il …:"),
    "pt": ("em … escreveu:", "no dia … escreveu:", "a … escreveu:", "… escreveu em …:", "… escreveu no dia …:"),
    "nl": ("op … schreef …:", "op … heeft … geschreven:", "… schreef op …:"),
    "pl": ("w dniu … napisał…:", "dnia … napisał…:", "… napisał(a):", "w dniu … pisze:", "… użytkownik … napisał:"),
    "ru": ("… написал:", "… написала:", "… написал(а):", "… пишет:", "… писал:", "… писал(а):"),
    "uk": ("… пише:", "… написав:", "… написала:", "… написав(ла):", "… писав:"),
    "tr": ("… tarihinde … yazdı:", "… tarihinde şunu yazdı:", "… şunları yazdı:"),
    "he": ("בתאריך … מאת …:", "ב-… כתב…:", "ב… כתב…:", "… כתב/ה:"),
    "fa": ("در … نوشت:", "در تاریخ … نوشت:", "… نوشت:"),
    "sv": ("den … skrev …:", "… skrev:", "på … skrev …:"),
    "da": ("den … skrev …:", "… skrev …:", "d. … skrev …:"),
    "no": ("… skrev følgende den …:", "den … skrev …:", "på … skrev …:"),
    "fi": ("… kirjoitti:", "… kirjoitti …:"),
    "cs": ("… napsal:", "… napsal(a):", "dne … napsal…:"),
    "ro": ("în … a scris:", "pe … a scris:"),
    "hu": ("… ezt írta …:", "… írta:"),
    "el": ("στις … έγραψε:", "… έγραψε:"),
    "id": ("pada … menulis:",),
    "vi": ("vào … đã viết:",),
    "zh": ("… 写道:", "… 寫道:", "在 … 写道:", "于 … 写道:"),
    "ja": ("… のメール:", "… のメッセージ:", "… は書きました:", "… wrote:"),
    "ko": ("… 작성:", "… 님이 작성:"),
}

# Outlook's block of headers: from, date, to, subject.
HEADER_LABELS = {
    "en": ("from", "sent|date", "to", "subject"),
    "ar": ("من|المرسل", "تاريخ الارسال|التاريخ|تم الارسال|ارسلت|مرسل|الارسال", "الى|المرسل اليه", "الموضوع"),
    "fr": ("de|expéditeur", "envoyé|date|envoyé le", "à|a|destinataire", "objet|sujet"),
    "de": ("von|absender", "gesendet|datum", "an|empfänger", "betreff"),
    "es": ("de|remitente", "enviado|enviado el|fecha", "para|a", "asunto"),
    "it": ("da|mittente", "inviato|data", "a|destinatario", "oggetto"),
    "pt": ("de|remetente", "enviado|enviada|enviada em|enviado em|data", "para", "assunto"),
    "nl": ("van", "verzonden|datum", "aan", "onderwerp"),
    "pl": ("od|nadawca", "wysłano|data|wysłane", "do|adresat", "temat"),
    "ru": ("от|от кого", "отправлено|дата|отправлен", "кому", "тема"),
    "uk": ("від|від кого", "надіслано|дата|відправлено", "кому", "тема"),
    "tr": ("kimden|gönderen", "gönderildi|tarih|gönderme tarihi", "kime|alıcı", "konu"),
    "he": ("מאת|מ", "נשלח|תאריך", "אל|ל", "נושא"),
    "fa": ("از|فرستنده", "ارسال شده|تاریخ|ارسال", "به|گیرنده", "موضوع"),
    "sv": ("från", "skickat|datum", "till", "ämne"),
    "da": ("fra", "sendt|dato", "til", "emne"),
    "no": ("fra", "sendt|dato", "til", "emne"),
    "fi": ("lähettäjä", "lähetetty|päivämäärä|päiväys", "vastaanottaja|kenelle", "aihe"),
    "cs": ("od", "odesláno|datum", "komu", "předmět"),
    "zh": ("发件人|寄件者|寄件人", "发送时间|日期|寄件日期|傳送時間|发送日期", "收件人|收件者", "主题|主旨|主題"),
    "ja": ("差出人|送信者", "送信日時|日付|日時", "宛先", "件名"),
    "ko": ("보낸 사람", "보낸 날짜|날짜", "받는 사람", "제목"),
}

# Between dashes, above what is quoted without marks.
ORIGINALS = {
    "en": "original message|original mail|original email|reply message|previous message",
    "ar": "الرسالة الاصلية|رسالة اصلية|النص الاصلي",
    "fr": "message d'origine|message original|message initial|e-mail d'origine",
    "de": "antwort nachricht|ursprüngliche nachricht"
    "|originalnachricht|original-nachricht|originale nachricht|ursprüngliche mitteilung",
    "es": "mensaje original|mensaje anterior",
    "it": "messaggio originale",
    "pt": "mensagem original|mensagem anterior",
    "nl": "oorspronkelijk bericht|origineel bericht",
    "pl": "wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości",
    "ru": "исходное сообщение|оригинальное сообщение|исходное письмо",
    "uk": "вихідне повідомлення|початкове повідомлення|оригінальне повідомлення",
    "tr": "orijinal mesaj|özgün ileti|orijinal ileti|asıl ileti",
    "he": "הודעה מקורית|ההודעה המקורית",
    "fa": "پیام اصلی|متن اصلی",
    "sv": "ursprungligt meddelande|originalmeddelande",
    "da": "oprindelig meddelelse|original meddelelse|oprindelig besked",
    "no": "opprinnelig melding|original melding",
    "fi": "alkuperäinen viesti",
    "cs": "původní zpráva",
    "zh": "原始邮件|原始郵件|原邮件|原始信息",
    "ja": "元のメッセージ|original message|元のメール",
    "ko": "원본 메시지|원본 메일",
}

# What follows these is what the customer passes on to us, not what we have read already: it stays.
FORWARDS = {
    "en": "forwarded message|begin forwarded message|forwarded by|original message forwarded|forwarded mail",
    "ar": "رسالة معاد توجيهها|الرسالة المعاد توجيهها|رسالة محولة|بدء الرسالة المعاد توجيهها",
    "fr": "message transféré|début du message réexpédié|message réexpédié",
    "de": "weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitete mail",
    "es": "mensaje reenviado|inicio del mensaje reenviado",
    "it": "messaggio inoltrato|inizio messaggio inoltrato",
    "pt": "mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada",
    "nl": "doorgestuurd bericht|begin doorgestuurd bericht",
    "pl": "wiadomość przekazana|przesłana wiadomość|treść przekazanej wiadomości",
    "ru": "пересылаемое сообщение|пересланное сообщение|переадресованное сообщение",
    "uk": "переслане повідомлення|пересилання",
    "tr": "iletilen mesaj|yönlendirilmiş mesaj|iletilmiş ileti",
    "he": "הודעה שהועברה|תחילת ההודעה שהועברה|forwarded message",
    "fa": "پیام بازفرستاده|پیام ارجاع شده",
    "sv": "vidarebefordrat meddelande|vidarebefordrat mail",
    "da": "videresendt meddelelse|videresendt besked",
    "no": "videresendt melding",
    "fi": "välitetty viesti|edelleenlähetetty viesti",
    "zh": "转发的邮件|轉寄郵件|转发邮件",
    "ja": "転送メッセージ|転送されたメッセージ",
}

# The last line of mails from telephones and web mail: the start of it, or all of it with `…`.
SENT_FROM = {
    "en": "sent from my …|sent from mail for …|sent from outlook…|sent from yahoo…|sent from a …|sent via …"
    "|sent with proton…|sent from proton…|sent from samsung…|sent from the …|sent from gmail…|sent using …"
    "|get outlook for …|sent from iphone…|sent from windows…|download the … app…|sent from aol…",
    "ar": "ارسلت من …|ارسل من …|مرسل من …|مرسلة من …|تم الارسال من …|احصل على outlook …|الحصول على outlook …",
    "fr": "envoyé de mon …|envoyé depuis …|envoyé à partir de …|envoyé de l'…|envoyé avec …|obtenez outlook …"
    "|télécharger outlook …",
    "de": "von meinem … gesendet…|gesendet von …|gesendet mit …|gesendet aus …|diese nachricht wurde von meinem …"
    "|outlook für … herunterladen|holen sie sich outlook …",
    "es": "enviado desde …|enviado con …|enviado de …|obtener outlook …|descargar outlook …",
    "it": "inviato da …|inviato dal …|inviata da …|scarica outlook …|ottieni outlook …",
    "pt": "enviado do …|enviado a partir …|enviado de …|enviado desde …|obter o outlook …|baixar o outlook …",
    "nl": "verzonden vanaf …|verstuurd vanaf …|verzonden met …|verstuurd met …|outlook voor … downloaden"
    "|download outlook …",
    "pl": "wysłane z …|wysłano z …|pobierz outlook…|pobierz program outlook …",
    "ru": "отправлено с …|отправлено из …|отправлено через …|скачать outlook …",
    "uk": "надіслано з …|відправлено з …|отримати outlook …",
    "tr": "… gönderildi|… gönderilmiştir|outlook'u edinin …",
    "he": "נשלח מה…|נשלח מ…|הורד את outlook …",
    "fa": "ارسال شده از …|فرستاده شده از …",
    "sv": "skickat från …|skickades från …|hämta outlook …",
    "da": "sendt fra …|hent outlook …",
    "no": "sendt fra …|skaff deg outlook …|få outlook …",
    "fi": "lähetetty …|hanki outlook …",
    "cs": "odesláno z …|odesláno ze …",
    "zh": "发自我的…|從我的… 傳送|发自 …|從我的… 寄出|发送自…|获取 outlook …",
    "ja": "iphoneから送信|ipadから送信|…から送信|androidから送信…",
    "ko": "… 에서 보냄|…에서 보냄|나의 iphone에서 보냄",
}
