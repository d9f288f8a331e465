"""How mail programs and offices sign what is sent, by language: a new language is a row in each table.

All of it meets plain lines (`reply_line`).
"""

# The last line of mails from telephones and web mail: the start of it, or all of it with `…`.
SENT_FROM = {
    "en": "sent from …|sent via …|sent using …|sent with …|sent by …|sent on the go …|sent on the move …|from my …"
    "|get outlook for …|get bluemail for …|download the … app…|get the … app…"
    "|yahoo mail: search, organize, conquer|sent on the go",
    "ar": "ارسلت من …|ارسل من …|ارسلت بواسطة …|ارسلت عبر …|مرسل من …|مرسلة من …|تم الارسال من …|تم الارسال عبر …"
    "|تم ارساله من …|تم ارسالها من …|تم الارسال بواسطة …|احصل على outlook …|الحصول على outlook …|ارسلت باستخدام …"
    "|تم الارسال باستخدام …|من هاتفي …|مرسل عبر …",
    "he": "נשלח מה…|נשלח מ…|נשלחה מ…|נשלח באמצעות …|נשלח דרך …|הורד את outlook …|קבל את outlook …|השג את outlook …"
    "|קבלו את outlook …",
    "fa": "ارسال شده از …|فرستاده شده از …|ارسال شده با …|ارسال از …|دریافت outlook …",
    "fr": "envoyé de mon …|envoyé depuis …|envoyé à partir …|envoyé de l'…|envoyé avec …|envoyé par …|envoyé via …"
    "|envoyé de …|obtenez outlook …|obtenir outlook …|télécharger outlook …|téléchargez outlook …"
    "|provenance : courrier …|de mon iphone…|mail envoyé depuis …|message envoyé depuis …",
    "de": "von meinem … gesendet…|von meiner … gesendet…|von meinem iphone…|gesendet von …|gesendet mit …"
    "|gesendet aus …|gesendet über …|gesendet via …|von … gesendet|diese nachricht wurde von meinem …"
    "|diese nachricht wurde mit …"
    "|diese e-mail wurde von meinem …|outlook für … herunterladen|outlook für … beziehen|outlook für … abrufen"
    "|holen sie sich outlook …|laden sie outlook …",
    "es": "enviado desde …|enviado con …|enviado de …|enviado por …|enviado a través …|enviada desde …"
    "|obtener outlook …|descargar outlook …|obtenga outlook …",
    "it": "inviato da …|inviato dal …|inviato con …|inviato tramite …|inviata da …|scarica outlook …|ottieni outlook …"
    "|scarica … per …|inviato dall'…",
    "pt": "enviado do …|enviado a partir …|enviado de …|enviado desde …|enviado com …|enviado via …|enviado pelo …"
    "|enviada do …|obter o outlook …|baixar o outlook …|baixe o outlook …|obtenha o outlook …|transferir o outlook …",
    "nl": "verzonden vanaf …|verstuurd vanaf …|verzonden met …|verstuurd met …|verzonden vanuit …|verstuurd vanuit …"
    "|verzonden via …|verstuurd via …|outlook voor … downloaden|download outlook …|outlook voor … ophalen",
    "pl": "wysłane z …|wysłano z …|wysłano za pomocą …|wysłane za pomocą …|pobierz outlook…|pobierz program outlook …"
    "|pobierz aplikację outlook …|uzyskaj outlook …|wysłano ze …|wysłane ze …",
    "ru": "отправлено с …|отправлено со …|отправлено из …|отправлено через …|отправлено от …|скачать outlook …"
    "|получить outlook …|послано с …|отправил …",
    "uk": "надіслано з …|надіслано із …|надіслано через …|відправлено з …|відправлено із …|отримати outlook …"
    "|завантажити outlook …",
    "tr": "… gönderildi|… gönderilmiştir|outlook'u edinin …|… outlook'u edinin|… outlook'u edinin …|… yollandı",
    "sv": "skickat från …|skickades från …|skickat med …|skickat via …|hämta outlook …|skaffa outlook …|skickad från …",
    "da": "sendt fra …|sendt med …|sendt via …|hent outlook …|få outlook …",
    "no": "sendt fra …|sendt med …|sendt via …|skaff deg outlook …|skaff outlook …|få outlook …|last ned outlook …",
    "fi": "lähetetty …|hanki outlook …|lataa outlook …",
    "cs": "odesláno z …|odesláno ze …|odesláno pomocí …|získejte outlook …|získat outlook …|posláno z …",
    "sk": "odoslané z …|odoslané zo …|získajte outlook …",
    "hu": "… küldve|… küldve …|elküldve …|küldve … |az outlook … beszerzése",
    "ro": "trimis de pe …|trimis din …|trimis de la …|obțineți outlook …",
    "el": "στάλθηκε από …|εστάλη από …|αποκτήστε το outlook …|απεστάλη από …",
    "bg": "изпратено от …|изтегляне на outlook …",
    "hr": "poslano s …|poslano sa …|poslano iz …|nabavite outlook …",
    "sl": "poslano iz …|poslano z …",
    "id": "dikirim dari …|dapatkan outlook …",
    "vi": "được gửi từ …|đã gửi từ …|tải outlook …|gửi từ …",
    "th": "ส่งจาก …|ส่งจาก…",
    "zh": "发自我的…|發自我的…|从我的… 发送|从我的…发送|從我的… 傳送|從我的…傳送|从我的… 傳送|發自 …|发自 …|发自…"
    "|從我的… 寄出|发送自…|發送自…|发送自 …|获取 outlook …|获取outlook…|取得 outlook …|下载 outlook …|下載 outlook …"
    "|来自我的…|來自我的…|从 … 发送|從 … 傳送",
    "ja": "…から送信|…から送信されました|…から送信しました|…で送信|outlook for … を入手…|… outlook を入手…",
    "ko": "… 에서 보냄|…에서 보냄|…에서 발송|outlook … 다운로드…|…용 outlook 다운로드…|…에서 보냈습니다",
}

# With one of these a line that says where it was sent from was written by a program, however long it is.
DEVICES = (
    "iphon|ipad|ipod|android|galaxy|samsung|huawei|xiaomi|redmi|oppo|vivo|honor|pixel|nokia|lumia|blackberry|htc|sony"
    "|xperia|oneplus|motorola|lg|windows|outlook|yahoo|gmail|aol|mailbox|proton|k-9|thunderbird|airmail|spark|sparrow"
    "|zoho|mail.ru|mail|gmx|web.de|yandex|яндекс|puhelime|phone|smartphone|mobile|tablet|handy|handset|cell|telefon"
    "|teléfono|téléphone|telefoon|телефона|هاتفي|هاتف|جوالي|الجوال|ايفون|آيفون|هواوي|سامسونج|اندرويد|הטלפון|טלפון|הנייד|אייפון|apple|mac|verizon"
    "|手机|手機|apps?|device|appareil|mobil|movil|móvil|boîte|blue|bluemail|hey|superhuman|front|missive|edison|nine"
)

# How the small print of offices begins.
DISCLAIMERS = {
    "en": "confidentiality notice|confidentiality:|confidential:|disclaimer:|disclaimer|legal notice|privacy notice"
    "|privileged and confidential|privileged/confidential|this email and any attachment|this e-mail and any attachment"
    "|this message and any attachment|this e-mail and any file|this email and any file"
    "|the information contained in this|this message contains confidential|this email is confidential"
    "|this e-mail is confidential|this email contains"
    " confidential|this e-mail contains confidential|this electronic message|this communication is confidential"
    "|if you are not the intended recipient|please consider the environment|the contents of this email"
    "|important notice:",
    "ar": "اخلاء مسؤولية|اخلاء المسؤولية|اخلاء طرف|تنويه:|تنبيه: هذه الرسالة|هذه الرسالة ومرفقاتها"
    "|هذا البريد الالكتروني ومرفقاته|هذه الرسالة وكل|هذه الرسالة سرية|اشعار السرية|اشعار بالسرية"
    "|هذا البريد الالكتروني واي|هذه الرسالة واي",
    "he": "הודעת סודיות|הודעה זו עשויה|הודעה זו מיועדת|הודעה זו והקבצים|כתב ויתור|דואר אלקטרוני זה|הבהרה משפטית"
    "|המידע הכלול בהודעה",
    "fr": "avis de confidentialité|ce message et ses pièces jointes|ce message et toutes les pièces|ce courriel et"
    "|ce message est confidentiel|ce mail et|ce message électronique|clause de confidentialité"
    "|pensez à l'environnement|ce message, ainsi que|avertissement :",
    "de": "diese e-mail enthält vertrauliche|diese nachricht enthält vertrauliche|diese e-mail kann vertrauliche"
    "|der inhalt dieser e-mail|vertraulichkeitshinweis|rechtlicher hinweis|haftungsausschluss"
    "|diese e-mail und alle|diese e-mail ist vertraulich",
    "es": "aviso legal|aviso de confidencialidad|este mensaje y sus|este mensaje y los|este correo electrónico y"
    "|este mensaje contiene información confidencial|este mensaje va dirigido|cláusula de confidencialidad"
    "|antes de imprimir",
    "pt": "aviso de confidencialidade|aviso legal|esta mensagem e seus|esta mensagem, incluindo|este e-mail e"
    "|esta mensagem pode conter|esta mensagem contém informações confidenciais|antes de imprimir",
    "it": "avvertenza:|questo messaggio e i suoi allegati|questo messaggio è confidenziale|le informazioni contenute in"
    "|questa e-mail e|questo messaggio è destinato|informativa privacy|ai sensi del",
    "nl": "dit bericht is vertrouwelijk|dit bericht is uitsluitend|de informatie in dit|deze e-mail is"
    "|deze e-mail en|dit e-mailbericht|de inhoud van dit bericht|denk aan het milieu",
    "pl": "niniejsza wiadomość|ta wiadomość|treść tej wiadomości|informacje zawarte w tej|klauzula poufności",
    "ru": "настоящее сообщение|данное сообщение|это сообщение и любые|уведомление о конфиденциальности"
    "|это электронное сообщение|информация, содержащаяся в",
    "uk": "це повідомлення та|це повідомлення містить|повідомлення про конфіденційність|цей електронний лист",
    "tr": "bu e-posta ve|bu e-posta mesajı|bu mesaj ve|yasal uyarı|gizlilik bildirimi|bu elektronik posta",
    "fa": "این ایمیل و|سلب مسئولیت|این پیام محرمانه",
    "sv": "detta meddelande är konfidentiellt|detta meddelande och|detta e-postmeddelande|detta mejl och",
    "da": "denne e-mail og|denne e-mail er|denne mail er fortrolig|fortrolighedsmeddelelse",
    "no": "denne e-posten og|denne e-posten er|denne meldingen er konfidensiell",
    "fi": "tämä viesti ja|tämä sähköposti ja|tämä viesti on luottamuksellinen|tämä sähköpostiviesti",
    "zh": "免责声明|免責聲明|保密声明|本邮件及|本邮件包含|本電子郵件|此邮件及",
    "ja": "免責事項|機密保持|このメールには機密|このメールおよび添付|本メールには",
}

# Small print has one of these words, or it is the customer's own sentence.
SECRETS = (
    "confidential|privileged|intended|recipient|addressee|unauthori|prohibited|virus|environment|printing|registered"
    "|سرية|سري|المرسل اليه|للمرسل|محرمانه|סודי|חסוי|נמען|מיועד|confidenti"
    "|destinataire|imprimer|environnement|destinatario"
    "|destinatário|confidencia|imprimir|riservat|confidenzial|vertraulich|empfänger|adressat|vertrouwelijk|geadresseerde"
    "|bestemd|milieu|poufn|adresat|конфиденц|адресат|предназнач|конфіденц|призначен|gizli|alıcı|konfidentiell|mottagar"
    "|fortrolig|modtager|mottaker|luottamuks|vastaanottaj|机密|機密|保密|收件人|受信者"
)
