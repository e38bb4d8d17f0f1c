using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Sessions;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Dashboard.Tests.Unit.Sessions.Pages;

/// <summary>The pages of sessions on the store as it is, looked at by <c>alice</c>.</summary>
public abstract class SessionPagesTest : PageTest
{
    private protected OperatorAccount Alice { get; private set; } = null!;

    private protected OperatorAccount Bob { get; private set; } = null!;

    private protected async Task StartAsync()
    {
        Services.AddRadzenComponents();
        Services.AddSessionPages();
        Services.AddSingleton(_ => Core.Get<SessionRegister>());
        Alice = await AddAsync("alice", "administrator");
        Bob = await AddAsync("bob", "support");
    }

    private protected async Task<Session> BeginAsync(OperatorAccount who, SessionKind kind = SessionKind.Browser)
    {
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await Core.Get<SessionDirectory>().StartAsync(
            new SessionStart
            {
                Kind = kind,
                Operator = who,
                Fingerprint = kind is SessionKind.Api ? "a-fingerprint-of-a-browser" : null,
                Browser = kind is SessionKind.Browser ? new BrowserFacts("a-fingerprint-of-a-browser", TestBrowser.Key, TestBrowser.Headers()) : null,
                Origin = new RequestOrigin("req_1", "192.0.2.7", kind is SessionKind.Browser ? TestBrowser.Chrome : "curl/8.5.0", "POST /login"),
            },
            Stop)).Session;
    }

    /// <summary>The session in which <c>alice</c> looks at the page.</summary>
    private protected async Task<Session> AddOwnAsync()
    {
        var own = await BeginAsync(Alice) with { Name = "s-1" };
        await Core.Get<ISessionStore>().AddAsync(
            own, SessionSecret.HashOf("own"), new AuditEntry(Actor.Signet, "session.started", "session", own.Name), Stop);
        await Core.Get<SessionEnding>().EndOthersAsync(
            Alice.Id, own.Name, SessionEndReason.Replaced, Actor.Signet, RequestOrigin.None, Stop);
        return own;
    }

    private async Task<OperatorAccount> AddAsync(string userName, string role)
    {
        var added = new OperatorAccount
        {
            Id = Guid.CreateVersion7().ToString("N"),
            UserName = userName,
            PasswordHash = "hash",
            SecurityStamp = "stamp",
            Role = role,
            IsEnabled = true,
            MustChangePassword = false,
            CreatedAt = Core.Clock.GetUtcNow(),
        };
        Assert.True(await Core.Get<IOperatorStore>().AddAsync(
            added, new AuditEntry(Actor.Signet, "operator.created", "operator", added.Id), Stop));
        await Core.Get<OperatorDirectory>().LoadAsync(Stop);
        return added;
    }
}
