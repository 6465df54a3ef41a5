// A hand scanner types. Where nothing has the focus, what it types goes into the field for codes of this page, or into the search.
// A code that was refused stands selected in its field, so that the next scan takes its place.
const field = document.querySelector("#id_codes, #id_code") ?? document.querySelector("#find");
const wasRefused = field?.matches("[data-refused], [aria-invalid='true']");

if (wasRefused && field.value === "") {
  field.value = field.dataset.refused ?? "";
}
if (wasRefused) {
  field.addEventListener("focus", () => field.select(), { once: true }); // the focus that the page gives may come after this
  if (document.activeElement === field) {
    field.select();
  }
}

document.addEventListener("keydown", (event) => {
  const isTyped = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isFree = document.activeElement === null || document.activeElement === document.body;
  if (isTyped && isFree && !event.isComposing) {
    field?.focus();
    if (wasRefused) {
      field.select();
    }
  }
});
