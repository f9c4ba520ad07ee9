// Says in the flashes why an answer of htmx did not come; the words are in the page. Without a
// network no form is sent: the browser's own page would take the place of what was typed.
class TroubleTeller extends HTMLElement {
  connectedCallback() {
    document.addEventListener("htmx:error", this.#offline);
    document.addEventListener("htmx:response:error", this.#refused);
    document.addEventListener("submit", this.#sent);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:error", this.#offline);
    document.removeEventListener("htmx:response:error", this.#refused);
    document.removeEventListener("submit", this.#sent);
  }

  tell(when) {
    const words = this.querySelector(`[data-when="${when}"]`).content.cloneNode(true);
    document.getElementById("flashes")?.replaceChildren(words);
  }

  #offline = () => this.tell("offline");

  #sent = (event) => {
    if (event.defaultPrevented || navigator.onLine) return;
    event.preventDefault();
    this.tell("offline");
  };

  #refused = ({ detail }) => {
    const { status } = detail.ctx.response;
    if (status === 422) return;
    this.tell(status < 500 ? "gone" : "broken");
  };
}
customElements.define("trouble-teller", TroubleTeller);
