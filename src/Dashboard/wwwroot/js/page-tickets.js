// Tickets for calls that leave the circuit: the server takes them from nobody who has only the session's cookie.
const patience = 5_000;
let opened;
let desk = new Promise((resolve) => { opened = resolve; });

/** Called by the circuit once its browser has proved its key (TicketDesk). */
export function open(reference) {
  opened(reference);
  desk = Promise.resolve(reference);
}

async function ask(method, ...values) {
  // The page is seen a moment before its desk opens; a static page never has one.
  const found = await Promise.race([desk, new Promise((resolve) => { setTimeout(resolve, patience); })]);
  try {
    return await found?.invokeMethodAsync(method, ...values) ?? null;
  } catch {
    return null;
  }
}

/** A ticket for the header X-Signet-Page, good for two minutes; null where this page has no verified circuit. */
export const apiTicket = () => ask("ApiTicketAsync");

/** A ticket for one download of this path and query within a minute. */
export const downloadTicket = (address) => ask("DownloadTicketAsync", address);
