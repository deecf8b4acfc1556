"""The words that generated knowledge is made of: each pair is as an entry says it and as people ask for it."""

MAKERS = """
Arden Boreal Cobalt Dorsal Ember Fathom Garnet Harbour Indigo Juniper Kestrel Lantern Meridian Nimbus Onyx Pylon Quarry
Russet Sable Tundra Umber Vertex Willow Xenon Yarrow Zephyr Alder Basalt Cinder Drift Falcon Glacier Heron Ivory Jasper
Krypton Larch Marble Nectar Osprey Pebble Quartz Raven Slate Thistle Ultra Velvet Walnut Yonder Zenith
""".split()

PARTS = """
Mail Gateway|Endpoint Shield|Backup Vault|Web Filter|Device Manager|Identity Portal|Patch Service|File Sync|
Network Monitor|Log Archive|Firewall|Password Safe|Remote Desktop|Helpdesk Suite|Storage Cloud|Print Server|
Voice Exchange|Spam Guard|Mobile Control|Database Host|Disk Encryption|Threat Radar|Domain Registry|Video Rooms|
Payroll Link|Billing Console|Asset Tracker|Code Signing|Virtual Machine Pool|Data Loss Prevention
""".replace("\n", "").split("|")

ACTIONS = [
    ("renew a subscription for", "prolong a contract of"),
    ("cancel the licence of", "terminate"),
    ("add seats to", "get more users on"),
    ("remove seats from", "reduce the number of users of"),
    ("move a licence to", "transfer an entitlement to"),
    ("activate", "switch on"),
    ("convert a trial of", "turn the test version into a paid one for"),
    ("extend a trial of", "get more test time for"),
    ("upgrade", "go to the bigger edition of"),
    ("downgrade", "go to the smaller edition of"),
    ("suspend", "pause"),
    ("reinstall", "set up again"),
    ("uninstall", "take off the computers"),
    ("reset the password of", "get back into the account of"),
    ("export the reports of", "download the statistics of"),
    ("change the data centre of", "relocate the hosting region of"),
    ("rename the company in", "change the firm's name in"),
    ("merge two accounts of", "combine two logins of"),
    ("open a support case for", "raise a ticket about"),
    ("escalate a fault of", "get an urgent problem looked at in"),
    ("change the billing date of", "shift the invoice day of"),
    ("dispute an invoice for", "contest a bill for"),
    ("assign an administrator to", "give somebody full rights in"),
    ("restrict the access to", "limit who gets into"),
    ("import users into", "load a staff list into"),
    ("connect a directory with", "link the user catalogue with"),
    ("schedule a scan with", "plan a check by"),
    ("restore a file from", "bring a lost document back from"),
    ("audit the usage of", "review the consumption of"),
    ("order hardware for", "buy appliances for"),
    ("enforce two-factor sign-in for", "require a second factor in"),
    ("update the agents of", "bring the clients up to date for"),
    ("whitelist a sender in", "always let an address through in"),
    ("quarantine a device with", "isolate a computer by"),
    ("archive a mailbox in", "put old messages away in"),
    ("replace a certificate of", "swap the expiring key of"),
    ("forward alerts from", "pass warnings on from"),
    ("register a domain with", "sign up a web address with"),
    ("tag the assets in", "label the inventory in"),
    ("decommission", "retire for good"),
]

CONDITIONS = [
    ("during the trial period", "while still testing"),
    ("after the contract has ended", "once the agreement ran out"),
    ("before the first invoice", "prior to being billed"),
    ("in the middle of a month", "mid-month"),
    ("with an overdue payment", "while money is owed"),
    ("for more than a hundred seats", "with over 100 users"),
    ("for fewer than ten seats", "with less than 10 users"),
    ("without a support contract", "lacking paid support"),
    ("at a second office", "in another branch"),
    ("in a different country", "abroad"),
    ("when the customer changes reseller", "if the client goes to another supplier"),
    ("when the company is sold", "if the firm gets a new owner"),
    ("on an unsupported operating system", "with an outdated Windows"),
    ("on a shared computer", "on a machine several people use"),
    ("with single sign-on in place", "having one login for everything"),
    ("in an offline network", "with no internet"),
    ("for a charity", "as a non-profit"),
    ("for a school", "in education"),
    ("for a public authority", "at a city council"),
    ("under a yearly commitment", "on a 12 month plan"),
    ("under pay as you go", "on a usage-based plan"),
    ("after a failed payment", "when the card was declined"),
    ("with a discount code", "holding a voucher"),
    ("through a distributor", "via a wholesaler"),
    ("on behalf of a customer", "for a client"),
    ("outside office hours", "at night or on weekends"),
    ("with an expired activation code", "if the key is no longer valid"),
    ("while another change is open", "with a request still pending"),
    ("from a mobile phone", "on the go"),
    ("after a data breach", "following an incident"),
    ("with a legal hold", "while the lawyers want everything kept"),
    ("in a virtual environment", "on hypervisors"),
    ("for seasonal staff", "for temps"),
    ("during maintenance", "in a service window"),
    ("after a merger", "having joined another firm"),
    ("with two factor authentication lost", "without the second factor"),
    ("in a read-only role", "having view rights only"),
    ("with a custom price list", "at special prices"),
    ("on the last day of the term", "right at the end"),
    ("for a demonstration", "to show it to somebody"),
]

ROLES = [
    ("a partner", "a reseller like us"),
    ("an administrator", "the admin"),
    ("an end customer", "the client"),
    ("a technician", "our engineer"),
    ("a sales manager", "someone in sales"),
    ("an auditor", "the revision"),
    ("a distributor", "a wholesaler"),
    ("an accountant", "our bookkeeping"),
    ("a help desk agent", "first line support"),
    ("a project lead", "the project's head"),
]

FRAMES = [
    "How does {role} {action} {product} {condition}?",
    "Can {role} {action} {product} {condition}?",
    "What must {role} do to {action} {product} {condition}?",
    "Which steps does {role} follow to {action} {product} {condition}?",
]

OTHER_FRAMES = [
    "{condition}, is it possible for {role} to {action} {product}?",
    "{product}: {role} wants to {action} it {condition}",
    "we need {role} to {action} {product} {condition}, what now",
    "hi, {role} asked me about {product}, how to {action} it {condition}",
    "{action} {product} {condition} as {role}?",
]

SENTENCES = [
    "Open the page of {product} and choose the record of the customer.",
    "This is possible {condition}, as long as {role} has confirmed the request in writing.",
    "Whoever wants to {action} {product} needs the reference {rare} from the welcome letter.",
    "The request is checked by the {rare} team within two working days.",
    "Nothing changes for users who are signed in already.",
    "The price follows from the list that is valid on the day of the order.",
    "If {rare} is shown on the screen, wait until the synchronisation has finished.",
    "A confirmation is sent to {role} and kept for ten years.",
    "Ask the {rare} desk when the button is missing.",
    "Data that was stored before stays where it is and can be read by {role}.",
]

ABSENT_ACTIONS = [
    "paint the logo of",
    "insure the building behind",
    "translate the anthem of",
    "print T-shirts of",
    "write a poem on",
    "name the founder of",
    "quote the share price of",
    "book a flight with",
    "compare the carbon footprint of",
    "learn programming languages with",
]

EVERYDAY = [
    "how long do {number} potatoes have to boil",
    "what was on television {number} days ago",
    "is platform {number} at the railway station covered",
    "name {number} songs for a birthday party",
    "does bus {number} stop at the swimming pool",
    "why do cats sleep {number} minutes after lunch",
    "how tall is a giraffe of {number} months",
    "which wine goes with a fish of {number} grams",
]
