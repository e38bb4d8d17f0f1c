// Sends a proof of the page's person, and gets the session's new id with the answer.
import { browserKey, fingerprint, publicKey } from "./browser-key.js";
import { detail, sendProof } from "./calls.js";
import { use } from "./passkeys.js";

const path = "/session/proof";

async function proveWith(fields) {
  const pair = await browserKey(true);
  const answer = await sendProof(path, { ...fields, fingerprint: await fingerprint(true), browser_key: await publicKey(pair) });
  return answer.ok ? { ok: true, message: null } : { ok: false, message: await detail(answer) };
}

/** Sends what was typed into the field below an element, as a "password" or a "code". */
export async function prove(root, kind) {
  const input = root.querySelector("[data-proof]");
  const result = await proveWith({ [kind]: input.value });
  input.value = "";
  if (!result.ok) {
    input.focus();
  }
  return result;
}

/** Asks for a passkey and sends its answer. */
export async function provePasskey() {
  const offer = await sendProof(`${path}/passkey`, {});
  if (!offer.ok) {
    return { ok: false, message: await detail(offer) };
  }
  const { options, state } = await offer.json();
  try {
    return await proveWith({ passkey: await use(options), passkey_state: state });
  } catch {
    return { ok: false, message: "The passkey was not used. Try again, or type a code." };
  }
}
