// Says in the flashes why an answer did not come, or a form was not sent; the words are in the page.
// A form is sent only once Krets has answered: otherwise the browser's own page would take the
// place of what was typed.
const PATIENCE = 8000;

class TroubleTeller extends HTMLElement {
  #asking = null;
  #sure = false;
  #again = null;
  #told = null;

  connectedCallback() {
    document.addEventListener("htmx:error", this.#lost);
    document.addEventListener("htmx:after:request", this.#answered);
    document.addEventListener("htmx:response:error", this.#refused);
    document.addEventListener("submit", this.#sent);
  }

  tell(when) {
    const words = this.querySelector(`[data-when="${when}"]`).content.cloneNode(true);
    this.#told = words.firstElementChild;
    document.getElementById("flashes")?.replaceChildren(words);
  }

  #lost = () => this.tell("lost");

  #answered = ({ detail }) => {
    this.#told?.remove();
    if (detail.ctx.response.status < 400) this.#again = null;
  };

  #sent = async (event) => {
    const form = event.target;
    if (event.defaultPrevented || this.#sure || form.method === "dialog") return;
    if (form.method === "get" && navigator.onLine) return;
    event.preventDefault();
    if (this.#asking === form) return;
    this.#asking = form;
    const there = await this.#isThere();
    this.#asking = null;
    if (!there) return this.tell("unsent");
    this.#sure = true;
    form.requestSubmit(event.submitter);
    this.#sure = false;
  };

  async #isThere() {
    const signal = AbortSignal.timeout(PATIENCE);
    const asked = fetch("/healthz?of=web", { cache: "no-store", signal });
    return asked.then((answer) => answer.ok, () => false);
  }

  #refused = ({ detail: { ctx } }) => {
    const { status, headers } = ctx.response;
    const token = headers.get("Krets-Token");
    if (token) return this.#renew(token, ctx);
    if (status === 422) return;
    this.tell(status === 401 ? "out" : status < 500 ? "gone" : "broken");
  };

  // Signing in elsewhere gives every form a new token: what was sent here is sent once more.
  #renew(token, { sourceElement, sourceEvent, request }) {
    document.getElementsByName("csrfmiddlewaretoken").forEach((field) => (field.value = token));
    if (this.#again === sourceElement) return this.tell("again");
    this.#again = sourceElement;
    const { type } = sourceEvent;
    setTimeout(() => {
      if (type === "submit") sourceElement.requestSubmit(request.submitter);
      else sourceElement.dispatchEvent(new Event(type));
    });
  }
}
customElements.define("trouble-teller", TroubleTeller);
