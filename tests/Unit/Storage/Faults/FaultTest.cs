using System.Diagnostics;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Storage.Faults;

/// <summary>
/// Cores on a Redis that fails. They go by the system's clock, since servers and networks do; nothing else runs beside them,
/// so that a time-out means the fault and not a busy machine.
/// </summary>
[Collection<FaultTests>]
public abstract class FaultTest : IAsyncLifetime
{
    private protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>How long a recovery may take.</summary>
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Longer than any node believes its memory without hearing of the others.
    private protected static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly string _prefix = $"test-{Guid.CreateVersion7():N}";
    private readonly List<CoreHost> _nodes = [];

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Settings of a node that reaches Redis here; all nodes of a test share the store.</summary>
    private protected Dictionary<string, string?> Settings(string address, params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Storage:Kind"] = "redis",
            ["Storage:Redis"] = address,
            ["Storage:RedisPrefix"] = _prefix,
            ["Storage:Timeout"] = Timeout.ToString(),
            ["Storage:LongestSilence"] = "00:00:03",
            ["SIGNET_MASTER_KEY"] = MasterKey,
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    private protected async Task<CoreHost> StartNodeAsync(string address, params (string Name, string Value)[] more)
    {
        var node = await CoreHost.StartAsync(
            Settings(address, more), hosted: true, services => services.AddSingleton(TimeProvider.System));
        _nodes.Add(node);
        return node;
    }

    private protected static async Task RevokeAsync(CoreHost node, TokenIssueOutcome.Issued token) =>
        await node.Get<TokenRevocations>().RevokeAsync(token.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);

    /// <summary>What a caller of the validation would see: the code of the refusal, or <c>accepted</c>.</summary>
    private protected static async Task<string> AnswerAsync(CoreHost node, TokenIssueOutcome.Issued token)
    {
        try
        {
            return await node.CodeAsync(token.Token) ?? "accepted";
        }
        catch (StoreUnavailableException)
        {
            return "STORE_UNAVAILABLE";
        }
    }

    /// <summary>Refused because the store cannot be used, and not much later than the time-out.</summary>
    private protected static async Task RefusedInTimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<StoreUnavailableException>(work);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Timeout + Timeout);
    }

    private protected static Task ReadyAsync(CoreHost node) =>
        Eventually.TrueAsync(() => node.Get<IStoreHealth>().IsReadyAsync(Stop));

    private protected static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Stop);
}

/// <summary>Tests that run one after the other, and beside no others.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class FaultTests;
