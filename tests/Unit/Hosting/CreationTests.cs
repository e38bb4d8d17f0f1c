using System.Security.Claims;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class CreationTests
{
    private static readonly object Body = new { Subject = "a" };

    private readonly ManualClock _clock = new();
    private readonly Creations _creations;

    public CreationTests() => _creations = new Creations(_clock);

    [Fact]
    public void Without_a_key_nothing_is_kept()
    {
        Make(null);

        Assert.Null(Begin(null).Refusal);
    }

    [Fact]
    public void Repeat_is_refused_for_a_day_and_names_what_was_made()
    {
        Make("k");
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));

        var refusal = Begin("k").Refusal!;
        Assert.Equal(ErrorCode.Conflict, refusal.Code);
        Assert.Contains(("jti", (object?)"t-1"), refusal.Members);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Begin("k").Refusal);
    }

    [Fact]
    public void Key_of_another_operator_is_another_key()
    {
        Make("k");

        Assert.Null(Begin("k", user: "ben").Refusal);
    }

    [Fact]
    public void Other_request_with_the_same_key_is_refused_as_invalid()
    {
        Make("k");

        Assert.Equal(ErrorCode.ValidationFailed, Begin("k", body: new { Subject = "b" }).Refusal!.Code);
        Assert.Equal(ErrorCode.ValidationFailed, Begin("k", path: "/tokens/mint").Refusal!.Code);
    }

    [Fact]
    public void Repeat_during_the_first_call_is_refused_and_frees_nothing()
    {
        using var first = Begin("k");
        Begin("k").Dispose();

        Assert.Equal(ErrorCode.Conflict, Begin("k").Refusal!.Code);
    }

    [Fact]
    public void Call_that_made_nothing_frees_its_key()
    {
        Begin("k").Dispose();

        Assert.Null(Begin("k").Refusal);
    }

    [Fact]
    public void Oldest_keys_make_room_beyond_ten_thousand()
    {
        for (var number = 0; number <= 10_000; number++)
        {
            Make($"k{number}");
        }

        Assert.Null(Begin("k0").Refusal);
        Assert.NotNull(Begin("k10000").Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void Key_that_is_none_is_refused(string key) => Assert.Equal(ErrorCode.InvalidInput, Begin(key).Refusal!.Code);

    private void Make(string? key)
    {
        using var creation = Begin(key);
        creation.Made("t-1");
    }

    private Creation Begin(string? key, string user = "anna", object? body = null, string path = "/dashboard/tokens")
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

        return _creations.Begin(context, body ?? Body);
    }
}
