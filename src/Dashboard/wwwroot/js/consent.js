// Signs the form with the browser's key: a copied cookie alone lets no application act for anybody. Denying needs no key.
// Until this runs, nothing could sign: the page comes with a button that cannot be pressed.
import { prove } from "./browser-proof.js";

const form = document.querySelector("form[data-form-proof]");
const allow = form?.querySelector("button[value=allow]");
let isSigned = false;

async function sign() {
  const { fingerprint, signature } = await prove("form", form.elements.namedItem("challenge").value);
  form.querySelector("[data-form-fingerprint]").value = fingerprint;
  form.querySelector("[data-form-signature]").value = signature ?? "";
}

if (allow) {
  allow.disabled = false;
}

form?.addEventListener("submit", async (event) => {
  if (event.submitter !== allow || isSigned) {
    form.setAttribute("aria-busy", "true");
    return;
  }
  event.preventDefault();
  try {
    await sign();
    isSigned = true;
    form.requestSubmit(allow);
  } catch {
    const message = form.querySelector("[data-form-failed]");
    message.hidden = false;
    message.focus();
  }
});

// Back from the answer: what was signed is good once, so the page must be a new one.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});
