// A hand scanner types. Where nothing has the focus, what it types goes into the field for codes of this page, or into the search.
document.addEventListener("keydown", (event) => {
  const isTyped = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isFree = document.activeElement === null || document.activeElement === document.body;
  if (isTyped && isFree && !event.isComposing) {
    document.querySelector("#id_codes, #id_code, #find")?.focus();
  }
});
