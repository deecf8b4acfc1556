"""Files to check: a clean one, written as knowledge should be, and ways to break it."""

from assistant.knowledge.linting.linter import lint
from support.knowledge import source

CLEAN = """# Licensing handbook for partners

May, 2024

## Is there a price for schools and public bodies?

- There is not. The partner is the buyer, and prices follow the buyer.

## Is billing based on one customer or on the whole volume?

- A partner reports the sum over all customers.
- For example, a partner with 200 seats who adds a customer with 30 seats reports 230 seats.

## Does the term change when seats are added or removed?

- No. Seats come and go, and the end date of the licence stays.

## What does the initial period mean?

- It is how long a new plan runs at least; it is chosen when the plan is created.
  - Twelve months are one choice, 24 months are another.

## Can a plan be cancelled?

- Yes, every plan can. The month in which it ends is charged in full.

## Are trial versions available?

- Yes, trials of max. 10 seats.

## Can a customer move from the basic edition to the bundle?

1. Open the customer in the License Management Platform (LMP).
2. Assign the other service plan and confirm.

## Which ports does the directory tool use?

It talks to the domain controller over port 389 or port 3268.

## Does the product work with a cloud directory?

<!-- knowledge
reviewed: 2024-05-02
related: which-ports-does-the-directory-tool-use
-->

- Not today; it is on the roadmap.

## Where is the console for managing customers?

Please use the following website: <https://console.example/register>

| Component | Data centre |
| --- | --- |
| Mail Filter XQ 2 | Germany |

# Definitions

**LMP = License Management Platform**

**MSP = Managed Service Provider**
"""


def findings(text, *others, published=()):
    """Return the findings of texts, each a file of its own, as (line, code, text)."""
    files = [source(t, f"file{n}.md") for n, t in enumerate((text, *others), start=1)]
    return [(f.line, f.code, f.text) for f in lint(files, published)]


def codes(text, *others, **options):
    """Return the codes found, each with its line."""
    return [(line, code) for line, code, _ in findings(text, *others, **options)]


def page(*sections):
    """Return a file of these sections, the first heading in line 5: a heading, its text."""
    return "# Handbook\n\nMay, 2024\n\n" + "\n".join(f"## {head}\n\n{text}\n" for head, text in sections)


def answer(text):
    """Return the findings in a text that stands under a harmless heading, in line 7 and below."""
    return findings(page(("Where do the tills stand?", text)))
