using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>What tests of clients do with a core.</summary>
internal static class ClientCore
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Actor Admin(this CoreHost host) => new("admin", Roles.Administrator) { ProvenAt = host.Clock.GetUtcNow() };

    public static async Task<ClientCreation.Created> CreateAsync(this CoreHost host, ClientDraft? draft = null) =>
        Assert.IsType<ClientCreation.Created>(await host.Get<ClientAdministration>().CreateAsync(
            draft ?? ClientBuilder.Draft(), "needed", host.Admin(), Stop));

    public static async Task AddAsync(this CoreHost host, Client client) => Assert.True(
        await host.Get<IClientStore>().AddAsync(client, new AuditEntry(Actor.Signet, "client.created", "client", client.Id), Stop));

    /// <summary>As it stands in the store.</summary>
    public static async Task<Client> StoredAsync(this CoreHost host, string id) =>
        Assert.IsType<Client>(await host.Get<IClientStore>().FindAsync(id, Stop));

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> AuditAsync(this CoreHost host, string id) =>
        [.. (await host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: id), null, 100, Stop)).Items.Select(item => item.Entry)];
}
