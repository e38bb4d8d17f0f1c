// Fills in what a session is bound to. The form can be typed into before this has run; sending it waits for it.
import { browserKey, fingerprint, publicKey } from "./browser-key.js";
import { sendProof } from "./calls.js";
import { canUse, use } from "./passkeys.js";

const form = document.querySelector("form[data-bind-browser]");
const passkey = document.querySelector("[data-passkey]");

async function gather() {
  if (!globalThis.crypto?.subtle) {
    throw new Error("no secure context");
  }
  const pair = await browserKey(true);
  form.querySelector("[data-fingerprint]").value = await fingerprint(true);
  form.querySelector("[data-browser-key]").value = await publicKey(pair);
}

function fail() {
  const message = document.querySelector("[data-bind-failed]");
  message.hidden = false;
  message.focus();
}

if (form) {
  let isReady = false;
  const ready = gather().then(() => { isReady = true; });
  // Reported when the form is sent; until then nobody is stopped from typing.
  ready.catch(() => {});

  form.addEventListener("submit", async (event) => {
    if (isReady) {
      form.setAttribute("aria-busy", "true");
      return;
    }
    event.preventDefault();
    try {
      await ready;
      form.requestSubmit(event.submitter);
    } catch {
      fail();
    }
  });
}

async function askPasskey(target) {
  const failed = target.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const answer = await sendProof(passkey.dataset.passkey, {});
    const { options, state } = await answer.json();
    target.querySelector("[data-passkey-answer]").value = await use(options);
    target.querySelector("[data-passkey-state]").value = state;
  } catch {
    failed.hidden = false;
    return;
  }
  // Nothing else needs to be filled in any more.
  target.noValidate = true;
  target.requestSubmit();
}

if (passkey && canUse()) {
  passkey.closest("[data-passkey-offer]")?.removeAttribute("hidden");
  passkey.addEventListener("click", () => askPasskey(passkey.form));
} else if (passkey) {
  passkey.hidden = true;
}
