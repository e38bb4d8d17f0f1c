// What the account page does in the browser.
import { send } from "./api.js";
import { detail } from "./calls.js";
import { canUse, make } from "./passkeys.js";

/** Makes a passkey on this device and hands it to the server; gives new recovery codes where there were none. */
export async function addPasskey(name) {
  if (!canUse()) {
    return { ok: false, message: "This browser cannot make passkeys.", codes: null };
  }
  const offer = await send("POST", "/dashboard/account/passkeys/options", {});
  if (!offer?.ok) {
    return { ok: false, message: offer && await detail(offer), codes: null };
  }
  const { options, state } = await offer.json();
  let passkey;
  try {
    passkey = await make(options);
  } catch {
    return { ok: false, message: "No passkey was made: it was not allowed, or this device has one already.", codes: null };
  }
  const answer = await send("POST", "/dashboard/account/passkeys", { name, passkey, state });
  return answer?.ok
    ? { ok: true, message: null, codes: (await answer.json()).recovery_codes ?? null }
    : { ok: false, message: answer && await detail(answer), codes: null };
}
