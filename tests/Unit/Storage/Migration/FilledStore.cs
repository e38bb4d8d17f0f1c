using Dashboard.Core.Agents;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Grants;
using Dashboard.Core.Idempotency;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.OneTime;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sharing;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Throttling;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Webhooks;
using Dashboard.Core.Webhooks.Notices;
using Dashboard.Tests.Unit.Agents;
using Dashboard.Tests.Unit.Alerts;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Tokens.Ledger;
using Dashboard.Tests.Unit.Webhooks;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>A store with something of everything in it, and what somebody outside remembers of it.</summary>
internal sealed record FilledStore(
    TokenIssueOutcome.Issued Good,
    TokenIssueOutcome.Issued Revoked,
    TokenIssueOutcome.Issued CutOff,
    StartedSession Open,
    StartedSession Ended,
    string RunningRevocation)
{
    /// <summary>So many of the oldest audit entries are pruned.</summary>
    public const long Pruned = 2;

    private static readonly Actor Who = TokenBuilder.Somebody;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<FilledStore> FillAsync(CoreHost host)
    {
        await AddKeysAsync(host);
        await AddEventsAsync(host);
        await AddRowsAsync(host);
        await AddWhatIsDoneOnceAsync(host);
        await AddClientsAsync(host);
        await AddAgentsAsync(host);
        await AddAlertsAsync(host);
        await AddWebhooksAsync(host);
        await AddGrantsAsync(host);
        await AddRegistrationAsync(host);
        await AddSharesAsync(host);
        var operators = await AddOperatorsAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        var revocations = host.Get<TokenRevocations>();
        var cutOff = await host.IssueAsync(TokenBuilder.Request() with { Subject = "left" });
        var revoked = await host.IssueAsync();
        var running = await RevokeAsync(host, revocations);
        await revocations.RevokeAsync(revoked.TokenId, "stolen", Who, RequestOrigin.None, Stop);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var good = await host.IssueAsync();
        return new FilledStore(
            good,
            revoked,
            cutOff,
            await StartSessionAsync(host, operators[0], SessionKind.Browser),
            await EndSessionAsync(host, operators[1]),
            running);
    }

    // A key in every state.
    private static async Task AddKeysAsync(CoreHost host)
    {
        var rotation = host.Get<KeyRotation>();
        var first = host.Get<KeyRing>().Current.KeyId;
        foreach (var revokes in new[] { false, false, true })
        {
            Assert.IsType<KeyRotationOutcome.Rotated>(await rotation.RotateAsync(new RotateKeys(null, true, revokes, "why"), Who, Stop));
        }

        Assert.IsType<KeyRetirementOutcome.Retired>(await host.Get<KeyRetirement>().RetireAsync(first, "old", Who, Stop));
        await host.Get<IKeyUseStore>().AddAsync(
            new Dictionary<string, KeyUse>(StringComparer.Ordinal) { [first] = new(7, host.Clock.GetUtcNow()) { LastSignedAt = host.Clock.GetUtcNow() }, ["never"] = new(0, null) }, Stop);
        host.Get<IDataProtectionKeyStore>().Add("key-1", "<key>é</key>");
        await host.Get<AuditCheckpoints>().TakeAsync(Who, Stop);
        await host.Get<AuditCheckpoints>().TakeAsync(Who, Stop);
        await PruneAsync(host);
    }

    private static async Task PruneAsync(CoreHost host)
    {
        var oldest = await host.Get<IAuditStore>().ReadAsync(1, (int)Pruned, Stop);
        var (first, last) = (oldest[0], oldest[^1]);
        var pruning = PruningText.Write(
            new AuditHead(last.Number, last.Hash), oldest.Count, first.At, last.At, host.Clock.GetUtcNow(), host.Get<AuditSigner>());
        Assert.True(await host.Get<IAuditPruningStore>().PruneAsync(pruning, 0, await TermAsync(host), Stop));
    }

    private static async Task AddEventsAsync(CoreHost host)
    {
        var random = new Lcg(7);
        var events = Enumerable.Range(0, 60).Select(number => new SecurityEvent
        {
            At = LedgerRows.Start.AddSeconds(number == 59 ? 20 : random.Next(20)),
            Kind = random.Pick(new[] { "a", "b" }),
            Outcome = random.Pick(Enum.GetValues<EventOutcome>()),
            Code = random.Pick(new[] { "TOKEN_EXPIRED", null }),
            Subject = random.Pick(new[] { "é\U0001F600'\"", "", null }),
            TokenId = random.Pick(new[] { "t-1", "t-2", null }),
            Session = random.Pick(new[] { "s-1", null }),
            Origin = new RequestOrigin(random.Pick(new[] { $"req_{number}", "req_same", null }), "::1", "curl \"x\"", "POST /x"),
            Detail = random.Pick(new[] { "why\nnot", null }),
            Report = random.OneIn(3) ? "{\"a\":\"<1>\"}" : null,
        });
        var tally = new RefusalTally();
        foreach (var item in events.Where(item => item.Code is not null))
        {
            tally.Add(item);
        }

        await host.Get<IEventStore>().AppendAsync([.. events], tally.Take(), Stop);

        // As after a purge: numbers do not begin at one.
        Assert.True(await host.Get<IEventStore>().PurgeAsync(LedgerRows.Start.AddSeconds(2), 10, await TermAsync(host), Stop) > 0);
    }

    private static async Task AddRowsAsync(CoreHost host)
    {
        var ledger = host.Get<ITokenLedger>();
        var rows = LedgerRows.Random(300, 11).DistinctBy(row => row.TokenId).ToList();
        await Task.WhenAll(rows.Select(row => ledger.AddAsync(row, null, Stop)));
        await ledger.RecordPresentationsAsync(
            [.. rows.Take(100).Select(row => new TokenPresentation(row.TokenId, row.IssuedAt.AddSeconds(1), "192.0.2.1", null, "validate"))], Stop);
        await ledger.RecordPresentationsAsync(
            [.. rows.Skip(50).Take(100).Select(row => new TokenPresentation(row.TokenId, row.IssuedAt.AddSeconds(2), null, "x/1", "introspect"))], Stop);
    }

    // One key that is used, one that is not.
    private static async Task AddAlertsAsync(CoreHost host)
    {
        var book = host.Get<AlertBook>();
        var acknowledged = (await book.RaiseAsync(AlertBuilder.Draft("acknowledged"), Stop)).Alert;
        await book.RaiseAsync(AlertBuilder.Draft("open ü"), Stop);
        await book.RaiseAsync(AlertBuilder.Draft("over"), Stop);
        await book.AcknowledgeAsync(acknowledged.Id, "on it", AlertBuilder.Admin, Stop);
        await book.ResolveAsync(AlertBuilder.Kind, "over", null, Stop);
        await book.MuteAsync(AlertKinds.Expiring, null, host.Clock.GetUtcNow().AddDays(1), "known", AlertBuilder.Admin, Stop);
        await book.MuteAsync(AlertBuilder.Kind, "open ü", host.Clock.GetUtcNow().AddDays(1), "known", AlertBuilder.Admin, Stop);
        var draft = new AlertRuleDraft("Mine", null, AlertRuleBy.Subject, 5, TimeSpan.FromHours(1), AlertSeverity.Critical, false);
        Assert.IsType<AlertRuleChange.Changed>(await host.Get<AlertRules>().CreateAsync(draft, "why", AlertBuilder.Admin, Stop));
    }

    private static async Task AddAgentsAsync(CoreHost host)
    {
        var keys = host.Get<IAgentKeyStore>();
        AuditEntry audit = new(Actor.Signet, "agent_key.created", "agent_key", "ak_1");
        Assert.True(await keys.AddAsync(AgentBuilder.Key(), audit, Stop));
        Assert.True(await keys.AddAsync(AgentBuilder.Key("ak_2") with { ExpiresAt = LedgerRows.Start.AddYears(5), AllowedTypes = ["testing"] }, audit, Stop));
        await keys.RecordAsync([new AgentKeyUse("ak_1", "agent-1", LedgerRows.Start)], Stop);
        Assert.IsType<AgentWrite.Done>(await host.Get<IAgentStore>().RegisterAsync(
            AgentBuilder.Agent(), LedgerRows.Start.AddMinutes(-1), LedgerChange.None, Stop));
    }

    // One that was rotated; a delivery that waits, and one that was given up after an attempt.
    private static async Task AddWebhooksAsync(CoreHost host)
    {
        var webhook = WebhookBuilder.Webhook() with
        {
            Kinds = ["a", "b"],
            PreviousSecret = new WebhookSecret([0, 255], LedgerRows.Start, LedgerRows.Start.AddDays(1)),
        };
        foreach (var added in new[] { webhook, WebhookBuilder.Webhook("wh_2") with { IsEnabled = false, DisabledBecause = "410" } })
        {
            Assert.True(await host.Get<IWebhookStore>().AddAsync(added, 9, WebhookBuilder.Entry(), Stop));
        }

        var ended = WebhookBuilder.Delivery("msg_2") with
        {
            State = WebhookDeliveryState.GivenUp,
            DueAt = null,
            EndedAt = LedgerRows.Start,
            GivenUpBecause = "why",
            Attempts = [new WebhookAttempt(LedgerRows.Start, 500, "why", TimeSpan.FromSeconds(1), "<\u00e9>")],
        };
        Assert.Equal(3, await host.Get<IWebhookDeliveryStore>().AddAsync(
            [WebhookBuilder.Delivery(), ended, WebhookBuilder.Delivery(webhook: "wh_2")], null, Stop));
        await host.Get<IAlertNoticeStore>().AdvanceAsync(7, Stop);
    }

    // Made by people and by themselves, used and unused, one of them ended.
    private static async Task AddClientsAsync(CoreHost host)
    {
        var store = host.Get<IClientStore>();
        AuditEntry audit = new(Actor.Signet, "client.created", "client", "c");
        foreach (var client in new[] { ClientBuilder.Client("c-1"), ClientBuilder.Full("c-2"), ClientBuilder.SelfRegistered("c-3"), ClientBuilder.Client("c-4") })
        {
            Assert.True(await store.AddAsync(client, audit, Stop));
        }

        await store.RecordUsesAsync([new ClientUse("c-1", "s-1", LedgerRows.Start), new ClientUse("c-2", "s-2", LedgerRows.Start.AddDays(1))], Stop);
        Assert.True(await store.ReplaceAsync(
            ClientBuilder.Client("c-4") with { Ended = new ClientEnding(ClientEndReason.Deleted, LedgerRows.Start, "Alice") }, audit, Stop));
    }

    // Requests begun and completed, tickets used, failures counted, a purge.
    private static async Task AddWhatIsDoneOnceAsync(CoreHost host)
    {
        var now = host.Clock.GetUtcNow();
        var requests = host.Get<IIdempotencyStore>();
        foreach (var id in Enumerable.Range(0, 10).Select(number => $"request-{number}"))
        {
            await requests.BeginAsync(new RememberedRequest(id, [0, 255, 58], "attempt", null, now.AddHours(1)), now, Stop);
        }

        await requests.CompleteAsync("request-3", "attempt", "made", now.AddHours(24), Stop);
        foreach (var number in Enumerable.Range(0, 20))
        {
            Assert.True(await host.Get<IOneTimeStore>().UseAsync([(byte)number, 200, 0, 58], now.AddMinutes(1), Stop));
        }

        await host.Get<IThrottleStore>().CountAsync(
            [.. Enumerable.Range(0, 30).Select(number => new ThrottleCount([(byte)number, 58, 255], number + 1, now.AddDays(number + 1)))],
            now,
            Stop);
        await host.Get<PurgeWorker>().RunAsync(Stop);
    }

    // A family in use, one that was revoked before it began, and codes.
    private static async Task AddGrantsAsync(CoreHost host)
    {
        var families = host.Get<IRefreshTokenStore>();
        var first = new StoredRefreshToken
        {
            Hash = [0, 255, 58],
            TokenId = "refresh-1",
            Family = "f-1",
            Client = "client-1",
            Subject = "user:é",
            Scope = "",
            Resource = "https://api.example.com",
            IssuedAt = LedgerRows.Start,
            GrantedAt = LedgerRows.Start.AddSeconds(-7),
            ExpiresAt = LedgerRows.Start.AddDays(365),
        };
        Assert.True(await families.StartAsync(first, [], Stop));
        var next = first with { Hash = [1, 255, 58], TokenId = "refresh-2", Predecessor = first.Hash, Resource = null };
        Assert.IsType<RefreshUse.Used>(await families.UseAsync(
            new RefreshRotation(first, next, [], LedgerRows.Start) { SealedSuccessor = [0, 200] }, Stop));
        await families.RevokeFamilyAsync("f-2", LedgerRows.Start, LedgerRows.Start.AddDays(1), Stop);
        var codes = host.Get<AuthorizationCodes>();
        await codes.IssueAsync(new AuthorizationGrant("client-1", "x://y?é", "challenge", "user:é", "é", ["a", "b"], null), Stop);
        await codes.IssueAsync(new AuthorizationGrant("client-1", "x://y", "challenge", "user:é", "é", [], "urn:x"), Stop);
    }

    // A policy, and a token of each kind, one of them used.
    private static async Task AddRegistrationAsync(CoreHost host)
    {
        var policy = new RegistrationPolicy { Mode = RegistrationMode.Open, AllowedScopes = ["files:*"] };
        Assert.IsType<RegistrationPolicyChange.Changed>(await host.Get<RegistrationPolicies>().ChangeAsync(policy, "why", Who, Stop));
        var tokens = host.Get<InitialAccessTokens>();
        await tokens.CreateAsync("Té'am a/b", null, null, "why", Who, Stop);
        var created = Assert.IsType<InitialAccessTokenCreation.Created>(
            await tokens.CreateAsync("once", 2, TimeSpan.FromDays(1), "why", Who, Stop));
        Assert.True(await host.Get<IInitialAccessTokenStore>().ConsumeAsync(created.Token.Hash, host.Clock.GetUtcNow(), Stop));
    }

    // Of a refusal and of the inspector.
    private static async Task AddSharesAsync(CoreHost host)
    {
        var report = new TokenReport
        {
            Accepted = false,
            Code = "TOKEN_EXPIRED",
            Cause = "é \"why\"",
            NextStep = "a/b",
            Checks = [],
            ClaimsAreVerified = false,
            Context = new ReportContext("signet", ["a"], false, host.Clock.GetUtcNow()),
        };
        foreach (var reference in new[] { "req_1", null })
        {
            Assert.IsType<ShareOutcome.Made>(await host.Get<ReportShares>().ShareAsync(
                SharedReport.Of(report), reference, ReportShares.DefaultLifetime, Who, Stop));
        }
    }

    private static async Task<OperatorAccount[]> AddOperatorsAsync(CoreHost host)
    {
        OperatorAccount[] operators = [Operator("Alice", enabled: true), Operator("bob", enabled: false)];
        foreach (var account in operators)
        {
            Assert.True(await host.Get<IOperatorStore>().AddAsync(
                account, new AuditEntry(Actor.Signet, "operator.created", "operator", account.Id), Stop));
        }

        await host.Get<OperatorDirectory>().LoadAsync(Stop);
        return operators;
    }

    private static OperatorAccount Operator(string name, bool enabled) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        UserName = name,
        PasswordHash = "hash+/=",
        SecurityStamp = "stamp",
        Role = "administrator",
        IsEnabled = enabled,
        MustChangePassword = !enabled,
        CreatedAt = LedgerRows.Start,
    };

    // Of every kind: waiting, half done, done and cancelled.
    private static async Task<string> RevokeAsync(CoreHost host, TokenRevocations revocations)
    {
        var store = host.Get<IRevocationStore>();
        await revocations.CutOffAsync(RevocationScope.All, "", LedgerRows.Start.AddDays(-1), "old", Who, Stop);
        await revocations.CutOffAsync(RevocationScope.Subject, "left", null, "left", Who, Stop);
        await revocations.CutOffAsync(RevocationScope.Key, "key-2", null, "lost", Who, Stop);
        var done = await revocations.CutOffAsync(RevocationScope.Client, "client-2", null, "ended", Who, Stop);
        while ((await store.ContinueAsync(done.Id, 20, Stop)).Revocation.State is RevocationState.Running)
        {
        }

        var cancelled = await revocations.RevokeMatchingAsync(new LedgerFilter { Kind = TokenKind.Minted }, "no", Who, Stop);
        Assert.True(await revocations.CancelAsync(cancelled.Id, Who, Stop));
        var running = await revocations.RevokeMatchingAsync(new LedgerFilter { Subject = "alice" }, "half", Who, Stop);
        Assert.Equal(RevocationState.Running, (await store.ContinueAsync(running.Id, 3, Stop)).Revocation.State);
        return running.Id;
    }

    private static async Task<StartedSession> EndSessionAsync(CoreHost host, OperatorAccount who)
    {
        var session = await StartSessionAsync(host, who, SessionKind.Browser);
        await StartSessionAsync(host, who, SessionKind.Api);
        Assert.True(await host.Get<ISessionStore>().EndAsync(
            new SessionEnd(session.Session.Name, SessionEndReason.SignedOut, host.Clock.GetUtcNow()),
            new AuditEntry(Who, "session.ended", "session", session.Session.Name),
            Stop));
        return session;
    }

    private static Task<StartedSession> StartSessionAsync(CoreHost host, OperatorAccount who, SessionKind kind) =>
        host.Get<SessionDirectory>().StartAsync(
            new SessionStart
            {
                Kind = kind,
                Operator = who,
                Fingerprint = kind is SessionKind.Api ? "a-fingerprint-of-a-browser" : null,
                Browser = kind is SessionKind.Browser ? new BrowserFacts("a-fingerprint-of-a-browser", TestBrowser.Key, TestBrowser.Headers()) : null,
                Origin = new RequestOrigin("req_1", "192.0.2.1", "x/1", "POST /login"),
            },
            Stop);

    /// <summary>The term of this core, which leads.</summary>
    public static async Task<Term> TermAsync(CoreHost host) => (await host.Get<LeaderElection>().FindTermAsync(Stop))!.Value;

    /// <summary>What lists by many filters show: the same from every copy.</summary>
    public static async Task<IReadOnlyList<string>> ListsAsync(CoreHost host)
    {
        var random = new Lcg(3);
        List<string> lists = [];
        foreach (var filter in Enumerable.Range(0, 120).Select(_ => LedgerOracle.Random(random)))
        {
            var page = await host.Get<ITokenLedger>().ListAsync(filter, LedgerRows.Start.AddSeconds(20), null, 50, Stop);
            lists.Add($"{filter}: {page.Total}, {string.Join(' ', page.Items)}");
        }

        foreach (var item in (await host.Get<IEventStore>().ListAsync(new EventFilter(null, "a", null), null, 100, Stop)).Items)
        {
            lists.Add($"{item}");
        }

        lists.AddRange((await host.Get<IEventStore>().ReadNewestAsync("b", 50, Stop)).Select(item => $"{item.Number}"));
        lists.AddRange((await host.Get<IClientStore>().ListAsync(new ClientFilter(), LedgerRows.Start, null, 50, Stop)).Items
            .Select(client => $"{ClientRow.Of(client)} {ClientRow.Of(client).Terms} {ClientRow.Of(client).SecretUses}"));
        lists.AddRange((await host.Get<IClientStore>().FindDueAsync(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, 50, Stop))
            .Select(client => client.Id).Order(StringComparer.Ordinal));
        lists.Add($"{await host.Get<IEventStore>().FindByRequestAsync("req_same", Stop)}");
        return lists;
    }
}
