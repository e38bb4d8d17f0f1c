// The MCP TypeScript SDK's own client: discovery from the protected resource, registration, code flow, refresh.
import {
    discoverOAuthProtectedResourceMetadata, discoverAuthorizationServerMetadata, registerClient, startAuthorization,
    exchangeAuthorization, refreshAuthorization,
} from '@modelcontextprotocol/sdk/client/auth.js';
import { listen, refused, run } from './person.mjs';

await run(async resource => {
    const person = await listen();
    const protectedResource = await discoverOAuthProtectedResourceMetadata(resource);
    const server = protectedResource.authorization_servers[0];
    const metadata = await discoverAuthorizationServerMetadata(server);
    const client = await registerClient(server, {
        metadata,
        clientMetadata: {
            client_name: 'MCP SDK',
            application_type: 'native',
            redirect_uris: [person.redirectUri],
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            token_endpoint_auth_method: 'none',
            scope: 'mcp:read mcp:write',
        },
    });
    const common = { metadata, clientInformation: client, resource: new URL(protectedResource.resource) };
    const { authorizationUrl, codeVerifier } = await startAuthorization(server, {
        ...common, redirectUrl: person.redirectUri, scope: 'mcp:read', state: 'state-of-mcp',
    });
    const back = await person.ask(authorizationUrl);
    const code = { ...common, authorizationCode: back.searchParams.get('code'), codeVerifier, redirectUri: person.redirectUri };
    const tokens = await exchangeAuthorization(server, code);
    const refreshed = await refreshAuthorization(server, { ...common, refreshToken: tokens.refresh_token });
    const replayed = await refused(() => refreshAuthorization(server, { ...common, refreshToken: tokens.refresh_token }));
    const codeAgain = await refused(() => exchangeAuthorization(server, code));
    person.close();
    return {
        client: client.client_id, state: back.searchParams.get('state'), iss: back.searchParams.get('iss'), scope: tokens.scope,
        accessToken: tokens.access_token, refreshedToken: refreshed.access_token,
        rotated: refreshed.refresh_token !== tokens.refresh_token, replayed, codeAgain,
    };
});
