using Bunit;
using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sharing;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting;
using Dashboard.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Radzen;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Pages over the real core. Everybody is the administrator until a test says otherwise.</summary>
public abstract class PageContext : BunitContext, IAsyncLifetime
{
    private protected CoreHost Core { get; private set; } = null!;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private protected TroubledLedger Ledger => (TroubledLedger)Core.Get<ITokenLedger>();

    private protected TestOperator Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Core = await CoreHost.StartAsync(configure: TroubledLedger.Insert);
        Operator = new TestOperator(this.AddAuthorization(), Core.Clock);
        Services.AddSingleton<ICircuitOperator>(Operator);
        BeAdministrator();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddControls();
        Services.AddActs();
        Services.AddTokenPages();
        Share<OperatorDirectory>();
        Share<ReportShares>();
        Share<AccessControl>();
        Share<ClaimMask>();
        Share<TimeProvider>();
        Share<IChangeFeed>();
        Share<TokenDirectory>();
        Share<TokenTimelines>();
        Share<TokenRevocations>();
        Share<TokenIssuer>();
        Share<KeyRing>();
        Share<IOptions<SignetOptions>>();
        Share<IOptions<TokenOptions>>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Core.DisposeAsync();
    }

    private protected void BeAdministrator() => Operator.Be("admin", Roles.Administrator);

    private protected void BeSupport() => Operator.Be("sue", Roles.Support);

    private protected void BeReviewer() => Operator.Be("rita", Roles.Reviewer);

    /// <summary>Issues a token a second after the one before and gives its <c>jti</c>.</summary>
    private protected async Task<string> IssueAsync(
        string subject, string? client = null, TimeSpan? lifetime = null, TokenDefect? defect = null)
    {
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        var request = new TokenRequest
        {
            Kind = TokenKind.Minted,
            Subject = subject,
            Client = client,
            Scopes = ["read"],
            Lifetime = lifetime,
            Defect = defect,
            Who = Actor.OfCommand("admin"),
        };
        return Assert.IsType<TokenIssueOutcome.Issued>(await Core.Get<TokenIssuer>().IssueAsync(request, Stop)).TokenId;
    }

    private void Share<T>()
        where T : class => Services.AddSingleton(_ => Core.Get<T>());
}
