// Passkeys in the browser: options from the server in, an answer as JSON out.

/** True where this browser can use passkeys at all. */
export const canUse = () => Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

/** Asks for a passkey. Throws where its person thought better of it. */
export async function use(options) {
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential);
}

/** Makes a passkey. Throws where its person thought better of it, or the device has one already. */
export async function make(options) {
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return JSON.stringify(credential);
}
