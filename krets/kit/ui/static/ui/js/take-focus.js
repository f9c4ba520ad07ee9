// Gives focus to what it holds: the summary of faults after a form was refused.
class TakeFocus extends HTMLElement {
  connectedCallback() {
    requestAnimationFrame(() => this.firstElementChild?.focus());
  }
}
customElements.define("take-focus", TakeFocus);
