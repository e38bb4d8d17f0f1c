// Sends a proof of the page's person, and gets the session's new id with the answer.
import { browserKey, fingerprint, publicKey } from "./browser-key.js";
import { use } from "./passkeys.js";

const path = "/session/proof";

const send = (to, body) => fetch(to, {
  method: "POST",
  cache: "no-store",
  headers: { Accept: "application/json", "Content-Type": "application/json", "X-Signet-Proof": "1" },
  body: JSON.stringify(body),
});

async function detail(answer) {
  try {
    return (await answer.json()).detail ?? null;
  } catch {
    return null;
  }
}

async function sendProof(fields) {
  const pair = await browserKey(true);
  const answer = await send(path, { ...fields, fingerprint: await fingerprint(true), browser_key: await publicKey(pair) });
  return answer.ok ? { ok: true, message: null } : { ok: false, message: await detail(answer) };
}

/** Sends what was typed into the field below an element, as a "password" or a "code". */
export async function prove(root, kind) {
  const input = root.querySelector("[data-proof]");
  const result = await sendProof({ [kind]: input.value });
  input.value = "";
  if (!result.ok) {
    input.focus();
  }
  return result;
}

/** Asks for a passkey and sends its answer. */
export async function provePasskey() {
  const offer = await send(`${path}/passkey`, {});
  if (!offer.ok) {
    return { ok: false, message: await detail(offer) };
  }
  const { options, state } = await offer.json();
  try {
    return await sendProof({ passkey: await use(options), passkey_state: state });
  } catch {
    return { ok: false, message: "The passkey was not used. Try again, or type a code." };
  }
}
