// Copies data-text, or the text of the element named by data-from, and says so.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.addEventListener("click", () => this.copy());
  }

  async copy() {
    const from = document.getElementById(this.dataset.from);
    await navigator.clipboard.writeText(this.dataset.text ?? from.value ?? from.textContent.trim());
    const label = this.querySelector("[data-done]");
    const before = label.textContent;
    label.textContent = label.dataset.done;
    setTimeout(() => (label.textContent = before), 2500);
  }
}
customElements.define("copy-button", CopyButton);
