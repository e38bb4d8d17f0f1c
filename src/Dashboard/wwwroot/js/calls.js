// Calls with JSON in the body, and what their refusals say.

/** Sends JSON with the headers that say where it comes from. */
export const call = (method, path, headers, body) => fetch(path, {
  method,
  cache: "no-store",
  headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** Sends what proves a person, or asks for what they can prove it with: it needs no ticket, and no form can send it. */
export const sendProof = (path, body) => call("POST", path, { "X-Signet-Proof": "1" }, body);

/** Why an answer refuses, in a sentence; null where it does not say. */
export async function detail(answer) {
  try {
    return (await answer.json()).detail ?? null;
  } catch {
    return null;
  }
}
