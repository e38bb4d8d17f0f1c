// What a browser knows of itself: a fingerprint, and a key that cannot leave it. Used at login and in every circuit.

const installKey = "signet-install";
const database = "signet";
const store = "keys";
const keyName = "browser";

/** Bytes as base64url without padding. */
export function toBase64Url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function installId(create) {
  let id = localStorage.getItem(installKey);
  if (!id && create) {
    id = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    localStorage.setItem(installKey, id);
  }
  return id ?? "";
}

/** A hash over traits that stay as they are and a random id of this browser. Screen, fonts and canvas drift: not used. */
export async function fingerprint(create = false) {
  const traits = {
    install: installId(create),
    platform: navigator.platform,
    languages: navigator.languages,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    colorDepth: screen.colorDepth,
    cores: navigator.hardwareConcurrency,
    touch: navigator.maxTouchPoints,
  };
  return toBase64Url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(traits))));
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function withStore(mode, work) {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

const read = () => withStore("readonly", (keys) => keys.get(keyName));

/** This browser's key pair; undefined where it has none and none is to be made. */
export async function browserKey(create = false) {
  const known = await read();
  if (known || !create) {
    return known;
  }
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  // Only if there is still none: two tabs may be at the login at once.
  try {
    await withStore("readwrite", (keys) => keys.add(pair, keyName));
  } catch (error) {
    if (error?.name !== "ConstraintError") {
      throw error;
    }
  }
  return read();
}

/** The public half, SPKI in base64url. */
export async function publicKey(pair) {
  return toBase64Url(await crypto.subtle.exportKey("spki", pair.publicKey));
}
