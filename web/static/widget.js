// Adds a button to a page of another site, and behind it the desk in a frame; the server puts "words" in front.

const address = import.meta.url;
const desk = new URL(address).origin;
const { topic = "", lang = "" } = [...document.scripts].find((script) => script.src === address)?.dataset ?? {};
const language = [lang, document.documentElement.lang].map((tag) => tag.slice(0, 2)).find((tag) => tag in words) ?? "en";
const say = words[language];
const PATIENCE = 3000;

const style = new CSSStyleSheet();
style.replaceSync(`
:host { position: fixed; inset: auto 1rem 1rem auto; z-index: 9999; font: 16px system-ui; }
button, a { font: inherit; padding: .75rem; border: 0; border-radius: 8px; background: none; color: #0b57d0; cursor: pointer; }
.open { display: block; color: #fff; background: #0b57d0; border: 1px solid #fff; }
dialog { position: fixed; inset: auto 1rem 4.5rem auto; margin: 0; padding: 0; width: 26rem; height: min(40rem, 100dvh - 6rem); border: 1px solid; border-radius: 8px; background: #fff; }
dialog[open] { display: flex; flex-direction: column; }
header { display: flex; justify-content: space-between; align-items: center; }
iframe { flex: 1; border: 0; }
@media (width < 30rem) { dialog { inset: 0; width: auto; max-width: none; height: auto; max-height: none; } }`);

const make = (tag, values, ...children) => {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
};
const link = (text, className = "") => make("a", { href: `${desk}/`, target: "_blank", rel: "noopener", className }, text);

class Assistant extends HTMLElement {
  #button = make("button", { type: "button", className: "open", onclick: () => (this.#panel.open ? this.close() : this.open()) }, say.open);
  #shut = make("button", { type: "button", onclick: () => this.close() }, say.close);
  #panel = make("dialog", { id: "panel", ariaLabel: say.title }, make("header", {}, link(say.tab), this.#shut));
  #frame;
  #ready = false;
  #waiting = [];

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#button.setAttribute("aria-controls", "panel");
    this.#button.ariaExpanded = "false";
    this.#panel.onclose = () => {
      this.#button.ariaExpanded = "false";
      this.#button.focus();
    };
    this.#panel.onkeydown = (event) => event.key === "Escape" && this.close();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(this.#button, this.#panel);
    addEventListener("message", (event) => this.#hear(event));
  }

  open() {
    if (!this.#button.isConnected || this.#panel.open) return;
    if (!this.#frame) this.#load();
    if (matchMedia("(width < 30rem)").matches) this.#panel.showModal();
    else this.#panel.show();
    this.#button.ariaExpanded = "true";
    this.#frame.focus();
    this.#tell({ type: "focus" });
  }

  close() {
    this.#panel.close();
  }

  ask(text) {
    this.open();
    this.#tell({ type: "ask", text: String(text) });
  }

  #load() {
    const src = `${desk}/widget/?${new URLSearchParams({ lang: language, topic })}`;
    this.#frame = make("iframe", { src, title: say.title, allow: "clipboard-write" });
    this.#frame.onload = () => {
      this.#frame.contentWindow.postMessage({ type: "hello" }, desk);
      setTimeout(() => this.#ready || this.#giveUp(), PATIENCE);
    };
    this.#panel.append(this.#frame);
  }

  // a frame that does not answer was blocked
  #giveUp() {
    const instead = link(say.open, "open");
    this.#panel.onclose = null;
    this.#panel.close();
    this.#button.replaceWith(instead);
    instead.focus();
  }

  #tell(message) {
    if (this.#ready) this.#frame.contentWindow.postMessage(message, desk);
    else this.#waiting.push(message);
  }

  #hear({ origin, source, data }) {
    if (origin !== desk || !this.#frame || source !== this.#frame.contentWindow) return;
    if (data.type === "ready") {
      this.#ready = true;
      this.#waiting.splice(0).forEach((message) => this.#tell(message));
    } else if (data.type === "close") this.close();
    else if (data.type === "answer") this.dispatchEvent(new CustomEvent("answer", { detail: data.answers }));
  }
}

customElements.define("msp-assistant", Assistant);
if (!document.querySelector("msp-assistant")) document.body.append(document.createElement("msp-assistant"));
