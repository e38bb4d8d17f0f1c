using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Clients.Metadata;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients.Registration;

/// <summary>What registers clients and manages their registration stands in the ledger, and is revoked there like every token.</summary>
public sealed class RegistrationLedgerTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = new("req_1", "192.0.2.1", "agent/1", "POST /oauth/register");

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientConfiguration Configuration => _core.Get<ClientConfiguration>();

    private TokenRevocations Revocations => _core.Get<TokenRevocations>();

    private Actor Admin => new("admin", Roles.Administrator) { ProvenAt = _core.Clock.GetUtcNow() };

    public async ValueTask InitializeAsync() =>
        _core = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Registration:Mode"] = "open" }, hosted: true);

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Registration_token_has_a_row_that_ends_where_another_follows_and_with_the_client()
    {
        var registered = await RegisterAsync();
        var id = registered.Client.Id;
        var first = Assert.Single(await LiveAsync(id));
        Assert.Equal(
            (TokenKind.Registration, id, (string?)id, $"client:{id}", "", _core.Clock.GetUtcNow()),
            (first.Kind, first.Subject, first.Client, first.IssuedBy, first.KeyId, first.IssuedAt));
        Assert.Null(first.PassesOfflineUntil);

        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        var replaced = Assert.IsType<RegistrationOutcome.Registered>(
            await Configuration.UpdateAsync(id, registered.RegistrationToken, Drafts.Web(), null, Origin, Stop));
        var second = Assert.Single(await LiveAsync(id));
        Assert.NotEqual(first.TokenId, second.TokenId);
        Assert.Equal(_core.Clock.GetUtcNow(), (await RowAsync(first.TokenId)).ExpiresAt);

        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ClientUpdate.Changed>(
            await _core.Get<ClientAdministration>().NewRegistrationTokenAsync(id, "lost", Admin, Stop));
        var third = Assert.Single(await LiveAsync(id));
        Assert.Equal("admin", third.IssuedBy);
        Assert.IsType<RegistrationOutcome.Refused>(await Configuration.FindAsync(id, replaced.RegistrationToken, Origin, Stop));

        Assert.IsType<ClientUpdate.Changed>(await _core.Get<ClientAdministration>().DeleteAsync(id, "abuse", Admin, Stop));
        Assert.Empty(await LiveAsync(id));
        Assert.Equal("abuse", (await RowAsync(third.TokenId)).Revoked?.Reason);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("client")]
    [InlineData("filter")]
    public async Task Revoked_registration_token_is_refused_also_after_a_restart(string way)
    {
        var (registered, other) = (await RegisterAsync(), await RegisterAsync());
        var id = registered.Client.Id;
        var row = Assert.Single(await LiveAsync(id));
        Assert.IsType<RegistrationOutcome.Registered>(await FindAsync(registered));

        await RevokeAsync(way, row);

        await Eventually.TrueAsync(async () => await FindAsync(registered) is RegistrationOutcome.Refused);
        Assert.IsType<RegistrationOutcome.Refused>(
            await Configuration.UpdateAsync(id, registered.RegistrationToken, Drafts.Web(), null, Origin, Stop));
        Assert.NotNull(await Configuration.DeleteAsync(id, registered.RegistrationToken, Origin, Stop));
        await Eventually.TrueAsync(async () => (await _core.Get<ITokenLedger>().FindAsync(row.TokenId, Stop))!.Revoked is not null);
        await _core.ReopenAsync();
        Assert.IsType<RegistrationOutcome.Refused>(await FindAsync(registered));
        Assert.Equal(way is not "filter", await FindAsync(other) is RegistrationOutcome.Registered);
    }

    [Fact]
    public async Task Registration_token_from_before_there_were_rows_is_good()
    {
        var client = ClientBuilder.SelfRegistered("old") with { RegistrationTokenHash = ClientSecrets.Hash("sgt_rat_old") };
        await _core.AddAsync(client);
        await Revocations.CutOffAsync(RevocationScope.Client, "old", null, "mistake", Admin, Stop);
        _core.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<RegistrationOutcome.Registered>(await Configuration.FindAsync("old", "sgt_rat_old", Origin, Stop));
        Assert.IsType<RegistrationOutcome.Registered>(
            await Configuration.UpdateAsync("old", "sgt_rat_old", Drafts.Web(), null, Origin, Stop));
        Assert.Single(await LiveAsync("old"));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("subject")]
    [InlineData("filter")]
    public async Task Revoked_initial_access_token_is_refused_and_shown_as_that(string way)
    {
        var (made, other) = (await MakeAsync(uses: null), await MakeAsync(uses: null));
        var row = await RowAsync(made.Token.Id);
        Assert.Equal(
            (TokenKind.InitialAccess, (string?)null, "admin", made.Token.ExpiresAt), (row.Kind, row.Client, row.IssuedBy, row.ExpiresAt));
        Assert.IsType<RegistrationOutcome.Registered>(await RegisterAsync(made.Secret));

        await RevokeAsync(way, row);

        await Eventually.TrueAsync(async () => await RegisterAsync(made.Secret) is RegistrationOutcome.Refused);
        await Eventually.TrueAsync(async () => (await _core.Get<ITokenLedger>().FindAsync(row.TokenId, Stop))!.Revoked is not null);
        await _core.ReopenAsync();
        var refused = Assert.IsType<RegistrationOutcome.Refused>(await RegisterAsync(made.Secret));
        Assert.Equal(RegistrationError.InvalidToken, refused.Error);
        Assert.True((await _core.Get<InitialAccessTokens>().ListAsync(Stop)).Single(token => token.Id == made.Token.Id).IsRevoked);
        Assert.Equal(way is not "filter", await RegisterAsync(other.Secret) is RegistrationOutcome.Registered);
    }

    [Fact]
    public async Task Row_of_an_initial_access_token_ends_with_its_last_use_and_where_it_is_taken_back()
    {
        var (twice, taken) = (await MakeAsync(uses: 2), await MakeAsync(uses: null));
        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        await RegisterAsync(twice.Secret);
        Assert.True((await RowAsync(twice.Token.Id)).ExpiresAt > _core.Clock.GetUtcNow());

        await RegisterAsync(twice.Secret);
        Assert.True(await _core.Get<InitialAccessTokens>().RevokeAsync(taken.Token.Id, "over", Admin, Stop));

        Assert.Equal(_core.Clock.GetUtcNow(), (await RowAsync(twice.Token.Id)).ExpiresAt);
        Assert.Equal(_core.Clock.GetUtcNow(), (await RowAsync(taken.Token.Id)).ExpiresAt);
    }

    [Fact]
    public async Task Using_them_is_presenting_them()
    {
        var made = await MakeAsync(uses: null);
        var registered = Assert.IsType<RegistrationOutcome.Registered>(await RegisterAsync(made.Secret));
        var row = Assert.Single(await LiveAsync(registered.Client.Id));
        Assert.Null(row.Presented);

        await FindAsync(registered);
        await _core.Get<PresentationRecorder>().StopAsync(Stop);

        foreach (var id in new[] { made.Token.Id, row.TokenId })
        {
            var shown = (await RowAsync(id)).Presented!.Last;
            Assert.Equal(("register", "192.0.2.1", "agent/1"), (shown.Where, shown.Ip, shown.UserAgent));
        }
    }

    private Task RevokeAsync(string way, LedgerEntry row) => way switch
    {
        "token" => Revocations.RevokeAsync(row.TokenId, "leaked", Admin, Origin, Stop),
        "client" => Revocations.CutOffAsync(RevocationScope.Client, row.Client!, null, "leaked", Admin, Stop),
        "subject" => Revocations.CutOffAsync(RevocationScope.Subject, row.Subject, null, "leaked", Admin, Stop),
        _ => Revocations.RevokeMatchingAsync(new LedgerFilter { Kind = row.Kind }, "leaked", Admin, Stop),
    };

    private async Task<IReadOnlyList<LedgerEntry>> LiveAsync(string client) => (await _core.Get<TokenDirectory>().ListAsync(
        new LedgerFilter { Client = client, Kind = TokenKind.Registration, Status = TokenStatus.Live }, null, 10, Stop)).Items;

    private async Task<LedgerEntry> RowAsync(string tokenId) =>
        Assert.IsType<LedgerEntry>(await _core.Get<TokenDirectory>().FindAsync(tokenId, Stop));

    private Task<RegistrationOutcome> FindAsync(RegistrationOutcome.Registered registered) =>
        Configuration.FindAsync(registered.Client.Id, registered.RegistrationToken, Origin, Stop);

    private async Task<RegistrationOutcome.Registered> RegisterAsync() =>
        Assert.IsType<RegistrationOutcome.Registered>(await RegisterAsync(null));

    private Task<RegistrationOutcome> RegisterAsync(string? token) =>
        _core.Get<ClientRegistration>().RegisterAsync(Drafts.Web(), token, Origin, Stop);

    private async Task<InitialAccessTokenCreation.Created> MakeAsync(int? uses) => Assert.IsType<InitialAccessTokenCreation.Created>(
        await _core.Get<InitialAccessTokens>().CreateAsync("Partners", uses, TimeSpan.FromDays(1), null, Admin, Stop));
}
