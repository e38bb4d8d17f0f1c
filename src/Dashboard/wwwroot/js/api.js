// Calls of the API from an open page: with a ticket of its circuit, and the antiforgery token of its session.
import { call } from "./calls.js";
import { apiTicket } from "./page-tickets.js";

/** The antiforgery token, as { token, field }, with the ticket it was asked with; null where the page has none. */
export async function credentials() {
  const ticket = await apiTicket();
  const answer = ticket && await fetch("/antiforgery", { headers: { Accept: "application/json", "X-Signet-Page": ticket }, cache: "no-store" });
  return answer?.ok ? { ticket, ...await answer.json() } : null;
}

/** Sends JSON and gives the answer; null where the page may not send anything. */
export async function send(method, path, body) {
  const found = await credentials();
  return found && call(method, path, { "X-Signet-Page": found.ticket, RequestVerificationToken: found.token }, body);
}
