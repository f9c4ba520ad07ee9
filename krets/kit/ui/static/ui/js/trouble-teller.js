// Says in the flashes why an answer of htmx did not come; the words are in the page.
class TroubleTeller extends HTMLElement {
  connectedCallback() {
    document.addEventListener("htmx:error", this.#offline);
    document.addEventListener("htmx:response:error", this.#refused);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:error", this.#offline);
    document.removeEventListener("htmx:response:error", this.#refused);
  }

  tell(when) {
    const words = this.querySelector(`[data-when="${when}"]`).content.cloneNode(true);
    document.getElementById("flashes")?.replaceChildren(words);
  }

  #offline = () => this.tell("offline");

  #refused = ({ detail }) => {
    const { status } = detail.ctx.response;
    if (status === 422) return;
    this.tell(status < 500 ? "gone" : "broken");
  };
}
customElements.define("trouble-teller", TroubleTeller);
