// openid-client with a confidential client, and its management by RFC 7592.
import * as openid from 'openid-client';
import { listen, refused, run } from './person.mjs';

const options = { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] };

await run(async issuer => {
    const person = await listen();
    const registered = await openid.dynamicClientRegistration(
        new URL(issuer),
        {
            client_name: 'openid-client', application_type: 'native', redirect_uris: [person.redirectUri],
            grant_types: ['authorization_code', 'refresh_token', 'client_credentials'], response_types: ['code'],
            token_endpoint_auth_method: 'client_secret_basic', scope: 'mcp:read mcp:write',
        },
        undefined,
        { ...options, initialAccessToken: process.argv[3] });
    const client = registered.clientMetadata();
    const config = await openid.discovery(
        new URL(issuer), client.client_id, client.client_secret, openid.ClientSecretBasic(client.client_secret), options);

    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const back = await person.ask(openid.buildAuthorizationUrl(config, {
        redirect_uri: person.redirectUri, scope: 'mcp:read mcp:write', state,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    }));
    const tokens = await openid.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state });
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token, { scope: 'mcp:read' });
    const live = await openid.tokenIntrospection(config, refreshed.access_token);
    await openid.tokenRevocation(config, refreshed.refresh_token);
    const revoked = await openid.tokenIntrospection(config, refreshed.access_token);
    const own = await openid.clientCredentialsGrant(config, { scope: 'mcp:read' });

    const manage = (method, token, body) => fetch(client.registration_client_uri, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
    });
    const read = await (await manage('GET', client.registration_access_token)).json();
    const token = read.registration_access_token ?? client.registration_access_token;
    const changed = await manage('PUT', token, {
        client_id: client.client_id, client_name: 'openid-client, renamed', application_type: 'native',
        redirect_uris: [person.redirectUri], grant_types: ['client_credentials', 'authorization_code'],
        response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic', scope: 'mcp:read',
    });
    const after = await changed.json();
    const deleted = await manage('DELETE', after.registration_access_token ?? token);
    const gone = await refused(() => openid.clientCredentialsGrant(config));
    person.close();
    return {
        client: client.client_id, expiresIn: tokens.expires_in, refreshedScope: refreshed.scope,
        live: live.active, liveScope: live.scope, revoked, own: own.token_type, name: after.client_name,
        updated: changed.status, deleted: deleted.status, gone,
    };
});
