using System.Security.Claims;
using Dashboard.Core.Idempotency;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class CreationTests : IAsyncLifetime
{
    private static readonly object Body = new { Subject = "a" };

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Without_a_key_nothing_is_kept()
    {
        await MakeAsync(null);

        Assert.Null((await BeginAsync(null)).Refusal);
    }

    [Fact]
    public async Task Repeat_is_refused_for_a_day_and_names_what_was_made()
    {
        await MakeAsync("k");
        _core.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));

        var refusal = (await BeginAsync("k")).Refusal!;
        Assert.Equal(ErrorCode.Conflict, refusal.Code);
        Assert.Contains(("jti", (object?)"t-1"), refusal.Members);

        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await BeginAsync("k")).Refusal);
    }

    [Fact]
    public async Task Key_of_another_operator_is_another_key()
    {
        await MakeAsync("k");

        Assert.Null((await BeginAsync("k", user: "ben")).Refusal);
    }

    [Fact]
    public async Task Other_request_with_the_same_key_is_refused_as_invalid()
    {
        await MakeAsync("k");

        Assert.Equal(ErrorCode.ValidationFailed, (await BeginAsync("k", body: new { Subject = "b" })).Refusal!.Code);
        Assert.Equal(ErrorCode.ValidationFailed, (await BeginAsync("k", path: "/tokens/mint")).Refusal!.Code);
    }

    [Fact]
    public async Task Repeat_during_the_first_call_is_refused_and_frees_nothing()
    {
        await using var first = await BeginAsync("k");
        await (await BeginAsync("k")).DisposeAsync();

        Assert.Equal(ErrorCode.Conflict, (await BeginAsync("k")).Refusal!.Code);
    }

    [Fact]
    public async Task Call_that_made_nothing_frees_its_key()
    {
        await (await BeginAsync("k")).DisposeAsync();

        Assert.Null((await BeginAsync("k")).Refusal);
    }

    [Fact]
    public async Task Attempt_of_a_node_that_died_blocks_its_key_for_a_minute()
    {
        _ = await BeginAsync("k");
        _core.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull((await BeginAsync("k")).Refusal);

        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null((await BeginAsync("k")).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task Key_that_is_none_is_refused(string key) => Assert.Equal(ErrorCode.InvalidInput, (await BeginAsync(key)).Refusal!.Code);

    private async Task MakeAsync(string? key)
    {
        await using var creation = await BeginAsync(key);
        await creation.MadeAsync("t-1");
    }

    private Task<Creation> BeginAsync(string? key, string user = "anna", object? body = null, string path = "/dashboard/tokens")
    {
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(SignetClaims.Name, user)], "test", SignetClaims.Name, SignetClaims.Role)),
        };
        context.Request.Path = path;
        if (key is not null)
        {
            context.Request.Headers[Creations.Header] = key;
        }

        var creations = new Creations(_core.Get<IdempotentRequests>(), NullLogger<Creations>.Instance);
        return creations.BeginAsync(context, body ?? Body, Stop);
    }
}
