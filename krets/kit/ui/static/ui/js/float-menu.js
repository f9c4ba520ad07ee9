// Around a <details>: brings what opens into view, closes it on Escape, on a click elsewhere and when
// focus leaves.
class FloatMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.close();
    });
    this.addEventListener("toggle", ({ target }) => target.open && target.lastElementChild.scrollIntoView({ block: "nearest" }), true);
    document.addEventListener("click", this.#elsewhere);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#elsewhere);
  }

  close(back) {
    const menu = this.querySelector("details[open]");
    menu?.removeAttribute("open");
    if (back) menu?.querySelector("summary").focus();
  }

  #elsewhere = (event) => {
    if (!this.contains(event.target)) this.close();
  };
}
customElements.define("float-menu", FloatMenu);
