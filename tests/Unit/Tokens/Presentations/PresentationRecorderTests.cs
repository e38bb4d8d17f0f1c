using Dashboard.Core.Tokens.Presentations;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Presentations;

public sealed class PresentationRecorderTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(StoreKinds.Sqlite);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Presentations_wait_for_their_interval_and_are_written_then()
    {
        var issued = await _host.IssueAsync();
        await StartAsync();
        await _host.ValidateAsync(issued.Token);
        Assert.Null((await _host.RowAsync(issued.TokenId)).Presented);

        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(async () => (await _host.RowAsync(issued.TokenId)).Presented is not null);
    }

    [Fact]
    public async Task Stopping_writes_what_waits()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 1_500).Select(_ => _host.IssueAsync()));
        await StartAsync();
        foreach (var token in issued)
        {
            Assert.Null(await _host.CodeAsync(token.Token));
        }

        await _host.Get<PresentationRecorder>().StopAsync(TestContext.Current.CancellationToken);

        foreach (var token in issued)
        {
            Assert.Equal(_host.Clock.GetUtcNow(), (await _host.RowAsync(token.TokenId)).Presented?.Last.At);
        }
    }

    [Fact]
    public async Task First_presentation_stays_and_the_last_moves_on()
    {
        var issued = await _host.IssueAsync();
        var first = _host.Clock.GetUtcNow();
        await _host.ValidateAsync(issued.Token, new ValidationContext { Where = "validate" });
        await _host.Get<PresentationRecorder>().StopAsync(TestContext.Current.CancellationToken);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        await _host.ValidateAsync(issued.Token, new ValidationContext { Where = "api" });
        await _host.Get<PresentationRecorder>().StopAsync(TestContext.Current.CancellationToken);

        var presented = (await _host.RowAsync(issued.TokenId)).Presented!;

        Assert.Equal((first, "validate"), (presented.First.At, presented.First.Where));
        Assert.Equal((first.AddMinutes(5), "api"), (presented.Last.At, presented.Last.Where));
    }

    [Fact]
    public async Task Store_that_fails_costs_the_validation_nothing()
    {
        var issued = await _host.IssueAsync();
        await _host.ValidateAsync(issued.Token);
        _host.Tamper("ALTER TABLE ledger RENAME COLUMN last_presented_to TO lost;");

        await _host.Get<PresentationRecorder>().StopAsync(TestContext.Current.CancellationToken);

        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    private async Task StartAsync()
    {
        await _host.Get<PresentationRecorder>().StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _host.Clock.WaitingTimers > 0);
    }
}
