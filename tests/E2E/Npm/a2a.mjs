// The A2A project's own client: the card, a message to a skill, and errors as it reads them.
import { ClientFactory, ClientFactoryOptions, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { run } from './person.mjs';

await run(async agent => {
    const token = process.argv[3];
    const fetchImpl = (address, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', `Bearer ${token}`);
        return fetch(address, { ...init, headers });
    };
    const factory = new ClientFactory(ClientFactoryOptions.createFrom(ClientFactoryOptions.default, {
        transports: [new JsonRpcTransportFactory({ fetchImpl })],
    }));
    const client = await factory.createFromUrl(agent);
    const old = await factory.createFromUrl(agent, '/.well-known/agent.json');
    const card = await client.getAgentCard();
    const message = {
        kind: 'message', role: 'user', messageId: 'message-1', contextId: 'context-1', parts: [{ kind: 'text', text: 'good morning' }],
    };
    const task = await client.sendMessage({ message, skillId: 'basic_assistant' });
    const refused = await old.sendMessage({ message, skillId: 'admin_status' });
    const lost = await client.getTask({ id: 'nothing' }).then(() => 'found', error => error.constructor.name);
    return {
        card: { name: card.name, version: card.protocolVersion, skills: card.skills.map(skill => skill.id), schemes: card.securitySchemes, security: card.security },
        same: JSON.stringify(card) === JSON.stringify(await old.getAgentCard()),
        task: { kind: task.kind, state: task.status.state, context: task.contextId, history: task.history[0].messageId, name: task.artifacts[0].name, text: task.artifacts[0].parts[0].text },
        refused: refused.artifacts[0].parts[0].text,
        lost,
    };
});
