/** What is kept under a name; null where there is nothing, or the browser keeps nothing. */
export function load(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function save(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
