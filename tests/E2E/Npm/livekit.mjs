// LiveKit's own server library: its verifier reads our tokens, and its tokens are judged by us.
import { AccessToken, TokenVerifier } from 'livekit-server-sdk';
import { run } from './person.mjs';

const refused = async call => {
    try {
        await call();
        return 'not refused';
    } catch (error) {
        return error.message;
    }
};

await run(async address => {
    const [operator, fingerprint, key, secret] = process.argv.slice(3);
    const call = async (path, init = {}) => {
        const answer = await fetch(new URL(path, address), {
            ...init,
            headers: { 'X-Client-Fingerprint': fingerprint, Authorization: `Bearer ${operator}`, 'Content-Type': 'application/json' },
        });
        return { status: answer.status, body: await answer.json() };
    };
    const post = (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) });

    const asked = await call('/api/token?room=blue&identity=eve&ttl=2');
    const claims = await new TokenVerifier(key, secret).verify(asked.body.token);
    const otherSecret = await refused(() => new TokenVerifier(key, `${secret}-other`).verify(asked.body.token));
    const otherKey = await refused(() => new TokenVerifier('APIother', secret).verify(asked.body.token));

    const make = async (ttl, withSecret = secret) => {
        const token = new AccessToken(key, withSecret, { identity: 'alice', name: 'Alice', ttl });
        token.addGrant({ roomJoin: true, room: 'red', canPublish: false });
        return token.toJwt();
    };
    const judge = async token => {
        const { status, body } = await post('/auth/validate', { token, profile: 'livekit' });
        return { status, code: body.error_code, says: body.livekit_error, room: body.livekit?.room };
    };
    const good = await make('1h');
    const expired = await make('-1h');
    const inspected = (await post('/dashboard/inspect', { input: `could not join with ${good}` })).body.report;
    return {
        status: asked.status, url: asked.body.url, room: asked.body.room, hours: asked.body.ttl_hours,
        identity: claims.sub, name: claims.name, video: claims.video, lifetime: claims.exp - claims.nbf, otherSecret, otherKey,
        good: await judge(good), expired: await judge(expired), forged: await judge(await make('1h', `${secret}-other`)),
        asAccessToken: (await post('/auth/validate', { token: good })).body.error_code,
        inspected: { accepted: inspected.accepted, room: inspected.livekit.room, ledger: inspected.ledger ?? null,
            publish: inspected.livekit.grants.find(grant => grant.grant === 'video.canPublish').meaning,
            subscribe: inspected.livekit.grants.find(grant => grant.grant === 'video.canSubscribe').is_default },
        saidByLibrary: await refused(() => new TokenVerifier(key, secret).verify(expired)),
    };
});
