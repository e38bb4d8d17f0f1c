using Dashboard.Core.Posture;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Asks the whole core about one rule.</summary>
public abstract class PostureTest : IAsyncLifetime
{
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected CoreHost Core { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Core = await CoreHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same on another core, with settings.</summary>
    private protected static async Task<PostureFinding?> FindWithAsync(string code, params (string Name, string? Value)[] settings)
    {
        await using var core = await CoreHost.StartAsync(
            settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
        return await FindAsync(core, code);
    }

    /// <summary>What is found of a rule now; null where it holds.</summary>
    private protected Task<PostureFinding?> FindAsync(string code) => FindAsync(Core, code);

    private protected static async Task<PostureFinding?> FindAsync(CoreHost core, string code)
    {
        var report = await core.Get<PostureReader>().ReadAsync(isAnew: true, Stop);
        var finding = report.Findings.SingleOrDefault(found => found.Rule.Code == code);

        // A code that is misspelt would hold for ever.
        Assert.Equal(finding is null ? 1 : 0, report.Kept.Count(rule => rule.Code == code));
        return finding;
    }
}
