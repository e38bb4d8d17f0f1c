// The person in front of the browser is the test: it opens what is printed here, and the redirect comes back to this server.
import { createServer } from 'node:http';

/** Listens on the loopback address, as native clients do (RFC 8252 section 7.3). */
export async function listen() {
    const waiting = [];
    const server = createServer((request, response) => {
        response.setHeader('Content-Type', 'text/html');
        response.end('<!DOCTYPE html><html lang="en"><title>Back at the client</title><h1>Back at the client</h1></html>');
        waiting.shift()?.(new URL(request.url, origin));
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    return {
        redirectUri: `${origin}/callback`,

        /** Sends the person to an address and gives the one that they come back to. */
        ask(address) {
            const back = new Promise(resolve => waiting.push(resolve));
            say({ open: address.toString() });
            return back;
        },
        close: () => server.close(),
    };
}

/** Tells the test something: one line of JSON. */
export function say(what) {
    process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** Runs a client to its end and tells the test what it found, or what went wrong. */
export async function run(client) {
    try {
        say({ found: await client(process.argv[2]) });
    } catch (error) {
        say({ fault: `${error.code ?? error.errorCode ?? error.name}: ${error.message} ${JSON.stringify(error.cause ?? null)}` });
        process.exitCode = 1;
    }
}

/** The error that a call must end with. */
export async function refused(call) {
    try {
        await call();
        return 'not refused';
    } catch (error) {
        // A challenge hides the answer's body from its reader.
        const response = error.response ?? error.cause?.response;
        if (response && !response.bodyUsed) {
            return (await response.json()).error;
        }

        return error.error ?? error.errorCode ?? error.cause?.error ?? error.code ?? `${error}`;
    }
}
