// Sends its form as soon as a choice is made; with data-at="load", at once. The button inside is
// for those without scripts.
class AutoSubmit extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-without-script]")?.setAttribute("hidden", "");
    this.addEventListener("change", () => this.send());
    if (this.dataset.at === "load") this.send();
  }

  send() {
    this.querySelector("form").requestSubmit();
  }
}
customElements.define("auto-submit", AutoSubmit);
