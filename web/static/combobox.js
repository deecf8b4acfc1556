// Suggestions under the question field: an editable combobox with a list, picked by hand and never filled in unasked.

const field = document.getElementById("question");
const list = document.getElementById("suggestions");
const WAIT = 80;

let timer;
let request;
let active = -1;

field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-expanded", "false");
field.setAttribute("aria-controls", list.id);

function close() {
  clearTimeout(timer);
  request?.abort();
  list.hidden = true;
  list.replaceChildren();
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function option({ question, topic }, index) {
  const item = document.createElement("li");
  item.id = `suggestion-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.question = question;
  item.lang = list.dataset.lang;
  item.append(question);
  if (topic) {
    const second = document.createElement("span");
    second.className = "muted";
    second.textContent = topic;
    item.append(second);
  }
  return item;
}

function show(found) {
  if (!found.length || document.activeElement !== field) return close();
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  active = -1;
  field.setAttribute("aria-expanded", "true");
  field.removeAttribute("aria-activedescendant");
}

function mark(index) {
  const options = [...list.children];
  active = (index + options.length) % options.length;
  options.forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
  field.setAttribute("aria-activedescendant", options[active].id);
}

function pick(item) {
  field.value = item.dataset.question;
  close();
  field.form.requestSubmit();
}

async function look() {
  request = new AbortController();
  try {
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`, { signal: request.signal });
    if (answer.ok) show((await answer.json()).suggestions);
  } catch {
    // suggestions are an extra: a lost connection shows when the question is sent
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  request?.abort();
  if (field.value.trim().length < 2) return close();
  timer = setTimeout(look, WAIT);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (list.hidden) field.value = "";
    close();
  } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
  } else if (!list.hidden && event.key === "Enter" && active >= 0) {
    event.preventDefault();
    pick(list.children[active]);
  }
});

list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("[role=option]");
  if (item) pick(item);
});
field.addEventListener("blur", close);
document.addEventListener("sending", close);
