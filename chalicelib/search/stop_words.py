"""Words too common to tell one article from another, in their everyday spelling; `text` folds them before it compares.

The last line of each is as people write in a hurry: without the apostrophe, and as they speak from the Gulf to the
Maghreb. Written for a help centre: `not`, `without` and their Arabic kin stay out, for "cannot sign in" is not "sign
in".
"""

ENGLISH = """
a am an and any are as at be been but by can could did do does doing for get he her here him his how i if in into is
it its me my of on or our she should such than that the their them then there these they this those to us was we were
what when where which while who why will with would you your s t ll re ve m d im ive
cant dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt couldnt wouldnt shouldnt wont
"""

ARABIC = """
في من على الى إلى عن مع هذا هذه ذلك تلك هؤلاء التي الذي الذين اللذين هو هي هم هن انا أنا نحن انت أنت انتم أنتم
كان كانت يكون تكون ما ماذا متى اين أين كيف لماذا هل كم اي أي اية أية ان أن إن او أو ام أم ثم قد كل بعض بعد قبل بين حتى
عند عندما اذا إذا لو كما كذلك ايضا أيضا و يا تم يتم به بها بهم له لها لهم لي لك لنا فيه فيها منه منها عليه عليها
اليه إليه اليها إليها عنه عنها هنا هناك حيث لكن لكي كي انه أنه انها أنها
إنه إنها الان الآن ارجو أرجو اريد أريد يمكن يمكنني استطيع أستطيع
وين فين ليش ليه ايش إيش وش شو شنو شلون كيفاش قديش اللي عشان علشان ابي أبي ابغى أبغى ابغا أبغا بدي عايز عاوز
"""
