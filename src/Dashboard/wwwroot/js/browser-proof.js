// Inside a circuit: proves that this is the browser that logged in, and tells when its person does something.
import { browserKey, fingerprint, toBase64Url } from "./browser-key.js";

/** Signs the server's challenge. A browser that never logged in here has no key, and answers without a signature. */
export async function prove(circuit, nonce) {
  const pair = await browserKey();
  const message = new TextEncoder().encode(`signet circuit proof v1\n${circuit}\n${nonce}`);
  return {
    fingerprint: await fingerprint(),
    signature: pair ? toBase64Url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, message)) : null,
  };
}

const pause = 30_000;
const actions = ["pointerdown", "keydown", "wheel", "touchstart"];
let watcher = null;
let last = 0;

function note() {
  if (watcher && Date.now() - last >= pause) {
    last = Date.now();
    watcher.invokeMethodAsync("NoteActivityAsync").catch(() => { last = 0; });
  }
}

/** Tells the server of actions, at most every 30 seconds. */
export function watchActivity(reference) {
  const isFirst = watcher === null;
  watcher = reference;
  if (isFirst) {
    for (const action of actions) {
      document.addEventListener(action, note, { passive: true, capture: true });
    }
  }
}
