// Partial forms: a form marked data-partial is sent with X-Partial, and the pieces of the answer are put in place.
// Everything here is an extra: without it the same forms load whole pages.

const element = (id) => document.getElementById(id);

function place(piece) {
  const target = element(piece.dataset.to);
  if (!target) return;
  if (piece.dataset.how === "update") {
    target.replaceChildren(piece.content);
    return;
  }
  for (const child of [...piece.content.children]) {
    const shown = element(child.id);
    if (shown) shown.replaceWith(child);
    else target.append(child);
  }
}

function apply(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const pieces = [...answer.querySelectorAll("template[data-to]")];
  for (const piece of pieces) place(document.importNode(piece, true));
  document.dispatchEvent(new Event("placed"));
  return pieces.length > 0;
}

// The newest turn starts at the top of the view, so that an answer is read from its beginning.
function showNewest(form) {
  const newest = element("log")?.lastElementChild;
  const heading = newest?.querySelector("[data-focus]");
  if (heading) heading.focus({ preventScroll: true });
  else element("question")?.focus({ preventScroll: true });
  if (form.id === "composer" || form.closest("#starters") || newest) newest?.scrollIntoView({ block: "start" });
}

function fault(form, text) {
  const shown = form.ownerDocument.createElement("p");
  shown.textContent = text;
  element("composer-fault")?.replaceChildren(shown);
}

async function send(form, pressed) {
  const label = pressed?.dataset.working && pressed.textContent;
  const slow = label && setTimeout(() => { pressed.textContent = pressed.dataset.working; }, 300);
  form.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form, pressed));
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Partial": "1" } });
    if (!apply(await answer.text())) return window.location.reload();
    if (answer.ok) {
      // what was typed on while the answer was under way stays
      if (form.id === "composer" && element("question").value === body.get("text")) element("question").value = "";
      showNewest(form);
    } else {
      element("question")?.focus();
    }
  } catch {
    fault(form, element("composer")?.dataset.unsent ?? "");
  } finally {
    clearTimeout(slow);
    if (label) pressed.textContent = label;
    form.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-partial]") || !element("log")) return;
  event.preventDefault();
  document.dispatchEvent(new Event("sending"));
  // one request for each form: a second press while the first is under way is the same press
  if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && element("question")) {
    event.preventDefault();
    element("question").focus();
  }
});

document.querySelector("[data-focus-first]")?.focus();

// a returning visitor goes on where the conversation stands, unless the address or the page points elsewhere
if (!window.location.hash && !document.querySelector("[autofocus], [data-focus-first]")) {
  element("log")?.lastElementChild?.scrollIntoView({ block: "start" });
}
