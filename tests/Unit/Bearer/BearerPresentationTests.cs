using Dashboard.Bearer;
using Dashboard.Bearer.Presentations;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>What an API tells of tokens that were shown to it.</summary>
public sealed class BearerPresentationTests : BearerTest
{
    [Fact]
    public async Task Token_that_was_accepted_is_told_of_with_its_caller()
    {
        await StartAsync();
        Signet.Revoke("jti-2");
        await HearAsync();
        await Api.AskAsync(Signet.Token());
        await Api.AskAsync(Signet.Token());
        await Api.AskAsync(Signet.Token("jti-2"));

        Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => !Signet.Presentations.IsEmpty);

        var told = Assert.Single(Signet.Presentations);
        Assert.Equal(("jti-1", "tests/1.0"), (told.GetProperty("jti").GetString(), told.GetProperty("user_agent").GetString()));
        Assert.Equal("127.0.0.1", told.GetProperty("ip").GetString());
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_later()
    {
        await StartAsync(options => options.WhenSilent = SilencePolicy.Accept);
        await Api.AskAsync(Signet.Token());
        Signet.IsAway = true;
        Clock.Advance(TimeSpan.FromSeconds(5));
        Signet.IsAway = false;

        await Eventually.TrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return !Signet.Presentations.IsEmpty;
        });

        Assert.Equal("jti-1", Assert.Single(Signet.Presentations).GetProperty("jti").GetString());
    }

    [Fact]
    public void Queue_is_never_longer_than_it_may_be_and_counts_what_it_drops()
    {
        var queue = new PresentationQueue(Options.Create(new SignetBearerOptions()), Clock);
        foreach (var number in Enumerable.Range(0, PresentationQueue.MostWaiting + 3))
        {
            queue.Record($"jti-{number}", new DefaultHttpContext());
        }

        Assert.Equal(3, queue.Dropped);
        Assert.Equal(PresentationQueue.MostWaiting, queue.Take(int.MaxValue).Count);
        Assert.Empty(queue.Take(1));
    }

    [Fact]
    public void What_is_returned_gives_way_to_what_is_newer()
    {
        var queue = new PresentationQueue(Options.Create(new SignetBearerOptions()), Clock);
        queue.Record("jti-1", new DefaultHttpContext());
        var taken = queue.Take(10);
        Clock.Advance(TimeSpan.FromSeconds(3));
        queue.Record("jti-1", new DefaultHttpContext());

        queue.Return(taken);

        Assert.Equal(Clock.GetUtcNow().ToUnixTimeSeconds(), Assert.Single(queue.Take(10)).At);
    }
}
