// oauth4webapi with a key of its own instead of a secret (RFC 7523).
import * as oauth from 'oauth4webapi';
import { refused, run } from './person.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };

await run(async issuer => {
    const url = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(
        url, await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...insecure }));
    const { publicKey, privateKey } = await oauth.generateKeyPair('ES256', { extractable: true });
    const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'own', use: 'sig', alg: 'ES256' };
    const client = await oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(
        server,
        {
            client_name: 'oauth4webapi', grant_types: ['client_credentials'], response_types: [], scope: 'mcp:read',
            token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, kid: jwk.kid, use: jwk.use, alg: jwk.alg }] },
        },
        { initialAccessToken: process.argv[3], ...insecure }));

    const key = oauth.PrivateKeyJwt({ key: privateKey, kid: 'own' });
    const ask = async (authentication, parameters) => oauth.processClientCredentialsResponse(
        server, client, await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, insecure));
    const granted = await ask(key, { scope: 'mcp:read' });
    const wider = await refused(() => ask(key, { scope: 'mcp:write' }));
    const introspected = await oauth.processIntrospectionResponse(
        server, client, await oauth.introspectionRequest(server, client, key, granted.access_token, insecure));
    await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, key, granted.access_token, insecure));
    const stranger = await oauth.generateKeyPair('ES256');
    const forged = await refused(() => ask(oauth.PrivateKeyJwt({ key: stranger.privateKey, kid: 'own' }), {}));
    return { client: client.client_id, scope: granted.scope, active: introspected.active, wider, forged, accessToken: granted.access_token };
});
