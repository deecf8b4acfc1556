// Copies a text, with its source where it has one. The buttons are hidden until this script can serve them.

function reveal() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

function textOf(button) {
  const lines = [document.getElementById(button.dataset.copy).innerText.trim()];
  const source = document.getElementById(button.dataset.source ?? "");
  if (source) lines.push(source.innerText.trim(), button.dataset.link);
  return lines.join("\n\n");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  let told = button.dataset.copied;
  try {
    await navigator.clipboard.writeText(textOf(button));
  } catch {
    told = button.dataset.uncopied;
  }
  button.textContent = told;
});

document.addEventListener("placed", reveal);
reveal();
