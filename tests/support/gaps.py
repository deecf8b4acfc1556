"""Questions that nothing answers, grouped by what they mean, and ones that only look alike."""

MEANINGS = {
    "support by phone": [
        "What is the phone number of support?",
        "support phone number",
        "the phone number for support please",
        "Which phone number does support have?",
        "On which number do I reach the help desk?",
    ],
    "sales by phone": ["What is the phone number of sales?", "phone number for the sales team"],
    "price list": [
        "Where is the price list?",
        "price list for partners",
        "Is there a current price list?",
        "Where do partners find the price list?",
    ],
    "prices for schools": ["Is there a price list for schools?", "price list of schools"],
    "refund of seats": [
        "Do we get a refund for unused seats?",
        "refund of unused seats",
        "Are unused seats refunded?",
        "unused seats: is there a refund",
    ],
    "refund of renewals": ["Is a renewal refunded?", "refund of a renewal"],
    "training": [
        "Is there training for new partners?",
        "training courses for new partners",
        "trainings for new partners",
        "Where do new partners get training?",
    ],
    "uptime": [
        "What uptime is guaranteed?",
        "guaranteed uptime",
        "Is there a guarantee of uptime?",
        "How much uptime do you guarantee?",
    ],
    "apple": ["Does it run on a Macintosh?", "Macintosh", "running on Macintosh"],
    "linux": ["Does it run on Linux?", "running on Linux"],
    "create by interface": [
        "Is there an API to create customers?",
        "API for creating customers",
        "Can customers be created through an API?",
        "creating customers with the API",
    ],
    "delete by interface": ["Can customers be deleted through an API?", "API to delete customers"],
    "due invoices": ["When are invoices due?", "due date of invoices", "When is an invoice due?"],
    "credit cards": [
        "Can I pay by credit card?",
        "payment by credit card",
        "Do you take credit cards as payment?",
        "paying with a credit card",
    ],
    "kept data": [
        "How long is data kept after cancellation?",
        "how long do you keep data after cancellation",
        "Is data kept after we cancel, and how long?",
    ],
    "forgotten password": [
        "How do I reset my password?",
        "password reset",
        "reset password",
        "passwort zurücksetzen",
    ],
    "length of passwords": ["How long must a password be?", "length of the password"],
}

CONTRASTS = [
    ("delete data of customers through the API", "create data of customers through the API"),
    ("trial of 30 days", "trial of 60 days"),
    ("Who pays the tax in Norway?", "Who pays the tax in Sweden?"),
    ("How do I add an administrator?", "How do I remove an administrator?"),
    ("Does it support Windows Server 2012?", "Does it support Windows Server 2022?"),
    ("How is the monthly invoice sent?", "How is the yearly invoice sent?"),
    ("Can I export invoices as PDF?", "Can I export invoices as CSV?"),
    ("Do licences include backup?", "Do licences exclude backup?"),
    ("What is the warranty for hardware?", "What is the warranty for software?"),
]

REWORDED = [
    ("training courses for new partners", "trainings for new partners"),
    ("due date of invoices", "When are invoices due?"),
]
