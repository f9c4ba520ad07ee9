// The slash key leads to the search field, from anywhere but a field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
  const field = document.querySelector("[data-slash]");
  if (!field?.checkVisibility?.()) return;
  event.preventDefault();
  field.focus();
});
