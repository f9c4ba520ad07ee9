// Opens the dialog named by data-for instead of following the link inside, which leads to the
// same question on a page of its own. Buttons with value "close" close it again.
class DialogOpener extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const dialog = document.getElementById(this.dataset.for);
      if (!dialog?.showModal) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
}
customElements.define("dialog-opener", DialogOpener);
