// The frame's side of the widget: it speaks only with the page around it, and only if that page's site may show the desk.

const parents = document.documentElement.dataset.parents.split(" ");
const field = document.getElementById("question");
let around;

const tell = (message) => around && window.parent.postMessage(message, around);

window.addEventListener("message", ({ origin, source, data }) => {
  if (source !== window.parent || !parents.includes(origin)) return;
  around = origin;
  if (data?.type === "hello") tell({ type: "ready" });
  else if (data?.type === "focus") field.focus({ preventScroll: true });
  else if (data?.type === "ask" && typeof data.text === "string") {
    field.value = data.text;
    field.form.requestSubmit();
  }
});

document.addEventListener("placed", () => {
  const shown = document.getElementById("log").lastElementChild?.querySelectorAll(".answer") ?? [];
  const answers = [...shown].map((card) => ({
    question: card.querySelector("h2").textContent,
    address: card.querySelector("blockquote").cite,
  }));
  tell({ type: "answer", answers });
});

// Escape closes the list, then empties the field, then closes the panel
window.addEventListener("keydown", (event) => {
  const busy = field.value || !document.getElementById("suggestions").hidden;
  if (event.key === "Escape" && !(document.activeElement === field && busy)) tell({ type: "close" });
}, { capture: true });
