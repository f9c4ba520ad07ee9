// The keys of the search fields: the slash leads there from anywhere but a field, the arrows go
// through what was found and back, and Escape empties it all. A page of its own loads it: where
// there is one task there is no search.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") return toField(event);
  for (const form of document.querySelectorAll(".search[hx-target]")) {
    const found = document.querySelector(form.getAttribute("hx-target"));
    if (form.contains(event.target) || found.contains(event.target)) move(event, form, found);
  }
});

function toField(event) {
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
  const field = document.querySelector("[data-slash]");
  if (!field?.checkVisibility?.()) return;
  event.preventDefault();
  field.focus();
}

function move(event, form, found) {
  const field = form.querySelector("[type=search]");
  const stops = [field, ...found.querySelectorAll(".line__name")];
  const next = event.key === "Escape" ? field : stops[stops.indexOf(event.target) + STEPS[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (event.key !== "Escape") return;
  found.replaceChildren();
  field.value = "";
  // What was on its way is asked for no more.
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
