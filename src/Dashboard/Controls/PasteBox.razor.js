const TYPING_PAUSE = 500;

/** Tells the component when there is something new to read: at once after a paste, later while somebody types. */
export function start(field, component, takesFocus) {
  let pause = 0;
  const changed = () => {
    clearTimeout(pause);
    component.invokeMethodAsync("ChangedAsync").catch(() => { /* The page was left. */ });
  };

  field.addEventListener("input", (event) => {
    clearTimeout(pause);
    const isWhole = field.value === "" || event.inputType?.startsWith("insertFrom");
    pause = setTimeout(changed, isWhole ? 0 : TYPING_PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      changed();
    }
  });
  // A file (a saved HAR) can be dropped onto the field instead of being opened and copied.
  field.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (file) {
      event.preventDefault();
      field.value = await file.text();
      changed();
    }
  });

  if (takesFocus) {
    field.focus();
  }
  // Pasted before anybody listened.
  if (field.value !== "") {
    changed();
  }
}

export const length = (field) => field.value.length;

/** The text as UTF-8 bytes, which are streamed in chunks. */
export const read = (field, longest) => new TextEncoder().encode(field.value.slice(0, longest));

export function fill(field, text) {
  field.value = text;
  field.focus();
}
