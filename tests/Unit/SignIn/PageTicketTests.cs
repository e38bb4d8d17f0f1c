using Dashboard.SignIn;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Tests.Unit.SignIn;

public sealed class PageTicketTests
{
    private const string Address = "/dashboard/tokens/export?format=csv";

    private readonly ManualClock _clock = new();
    private readonly UsedTickets _used;
    private readonly PageTickets _tickets;

    public PageTicketTests() =>
        (_used, _tickets) = (new UsedTickets(_clock), new PageTickets(new EphemeralDataProtectionProvider(), new UsedTickets(_clock), _clock));

    [Fact]
    public void Api_ticket_is_good_until_its_time_is_over()
    {
        var ticket = _tickets.ForApi("one");

        _clock.Advance(PageTickets.ApiLifetime - TimeSpan.FromMilliseconds(1));
        Assert.True(_tickets.IsForApi(ticket, "one"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_tickets.IsForApi(ticket, "one"));
    }

    [Fact]
    public void Ticket_of_another_session_is_none() => Assert.False(_tickets.IsForApi(_tickets.ForApi("one"), "two"));

    [Fact]
    public void Ticket_of_the_other_kind_is_none()
    {
        Assert.False(_tickets.IsForApi(_tickets.ForDownload("one", Address), "one"));
        Assert.False(_tickets.TryUseForDownload(_tickets.ForApi("one"), "one", Address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    public void Rubbish_is_no_ticket(string? ticket)
    {
        Assert.False(_tickets.IsForApi(ticket, "one"));
        Assert.False(_tickets.TryUseForDownload(ticket, "one", Address));
    }

    [Fact]
    public void Altered_ticket_is_none()
    {
        var ticket = _tickets.ForApi("one");
        var other = ticket[^5] == 'A' ? 'B' : 'A';

        Assert.False(_tickets.IsForApi(ticket[..^5] + other + ticket[^4..], "one"));
    }

    [Fact]
    public void Download_ticket_works_once_and_for_its_address_alone()
    {
        var ticket = _tickets.ForDownload("one", Address);

        Assert.False(_tickets.TryUseForDownload(ticket, "one", Address + "&subject=more"));
        Assert.False(_tickets.TryUseForDownload(ticket, "two", Address));
        Assert.True(_tickets.TryUseForDownload(ticket, "one", Address));
        Assert.False(_tickets.TryUseForDownload(ticket, "one", Address));
    }

    [Fact]
    public void Download_ticket_shown_at_once_by_many_works_once()
    {
        var ticket = _tickets.ForDownload("one", Address);
        var passed = 0;

        Parallel.For(0, 64, _ =>
        {
            if (_tickets.TryUseForDownload(ticket, "one", Address))
            {
                Interlocked.Increment(ref passed);
            }
        });

        Assert.Equal(1, passed);
    }

    [Fact]
    public void Download_ticket_of_a_minute_ago_is_too_old()
    {
        var ticket = _tickets.ForDownload("one", Address);
        _clock.Advance(PageTickets.DownloadLifetime);

        Assert.False(_tickets.TryUseForDownload(ticket, "one", Address));
    }

    [Fact]
    public void Full_memory_takes_no_more_until_something_expires()
    {
        var expiresAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        Assert.All(Enumerable.Range(0, UsedTickets.MostTickets), number => Assert.True(_used.TryUse($"{number}", expiresAt)));

        Assert.False(_used.TryUse("more", expiresAt));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(_used.TryUse("more", expiresAt + TimeSpan.FromSeconds(60)));
    }
}
