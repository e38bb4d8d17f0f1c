// What the shell does in the browser. Works on static pages too: nothing here needs a circuit.
import "./circuit-refused.js";
import "./nav-toggle.js";
import "./theme-switch.js";
import "./whole-value.js";
import { credentials } from "./api.js";
import { downloadTicket } from "./page-tickets.js";

const announcer = () => document.getElementById("announcer");

/** Says something to screen readers without moving the focus. */
function announce(text) {
  const region = announcer();
  if (!region) {
    return;
  }
  region.textContent = "";
  // A region that changes twice in one frame is read once or not at all.
  requestAnimationFrame(() => { region.textContent = text; });
}

async function copy(button) {
  const source = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom) : null;
  const text = source ? source.textContent : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    announce("Copying was not allowed by the browser");
    return;
  }
  button.dataset.copied = "";
  announce("Copied");
  setTimeout(() => delete button.dataset.copied, 1600);
}

/** Posts a form with a fresh antiforgery token: a circuit has no response to set or clear a cookie on. */
async function post(action) {
  const found = await credentials();
  if (!found) {
    location.reload();
    return;
  }
  const form = document.createElement("form");
  const input = document.createElement("input");
  form.method = "post";
  form.action = action;
  input.type = "hidden";
  input.name = found.field;
  input.value = found.token;
  form.append(input);
  document.body.append(form);
  form.submit();
}

/** Downloads from an address: a download carries no header, so its address carries a ticket that works once. */
async function download(address, name) {
  const { pathname, search } = new URL(address, location.href);
  const ticket = await downloadTicket(pathname + search);
  if (!ticket) {
    location.reload();
    return;
  }
  const once = document.createElement("a");
  once.href = `${pathname}${search}${search ? "&" : "?"}ticket=${ticket}`;
  once.download = name;
  document.body.append(once);
  once.click();
  once.remove();
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("[data-copy],[data-copy-from],[data-post],[data-skip]") : null;
  if (!target) {
    return;
  }
  if (target.matches("[data-post]")) {
    post(target.dataset.post);
  } else if (target.matches("[data-skip]")) {
    // With <base href="/"> a plain fragment link would leave the page.
    event.preventDefault();
    document.getElementById("content")?.focus();
  } else {
    copy(target);
  }
});

window.signet = Object.freeze({
  announce,
  download,
  post,
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
});
