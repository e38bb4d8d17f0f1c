using Dashboard.Core.OneTime;
using Dashboard.SignIn;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Tests.Unit.SignIn;

public sealed class PageTicketTests : IAsyncLifetime
{
    private const string Address = "/dashboard/tokens/export?format=csv";

    private CoreHost _core = null!;
    private PageTickets _tickets = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await CoreHost.StartAsync();
        _tickets = new PageTickets(new EphemeralDataProtectionProvider(), _core.Get<OneTimeUses>(), _core.Clock);
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public void Api_ticket_is_good_until_its_time_is_over()
    {
        var ticket = _tickets.ForApi("one");

        _core.Clock.Advance(PageTickets.ApiLifetime - TimeSpan.FromMilliseconds(1));
        Assert.True(_tickets.IsForApi(ticket, "one"));
        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_tickets.IsForApi(ticket, "one"));
    }

    [Fact]
    public void Ticket_of_another_session_is_none() => Assert.False(_tickets.IsForApi(_tickets.ForApi("one"), "two"));

    [Fact]
    public async Task Ticket_of_the_other_kind_is_none()
    {
        Assert.False(_tickets.IsForApi(_tickets.ForDownload("one", Address), "one"));
        Assert.False(await UseAsync(_tickets.ForApi("one"), "one", Address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Rubbish_is_no_ticket(string? ticket)
    {
        Assert.False(_tickets.IsForApi(ticket, "one"));
        Assert.False(await UseAsync(ticket, "one", Address));
    }

    [Fact]
    public void Altered_ticket_is_none()
    {
        var ticket = _tickets.ForApi("one");
        var other = ticket[^5] == 'A' ? 'B' : 'A';

        Assert.False(_tickets.IsForApi(ticket[..^5] + other + ticket[^4..], "one"));
    }

    [Fact]
    public async Task Download_ticket_works_once_and_for_its_address_alone()
    {
        var ticket = _tickets.ForDownload("one", Address);

        Assert.False(await UseAsync(ticket, "one", Address + "&subject=more"));
        Assert.False(await UseAsync(ticket, "two", Address));
        Assert.True(await UseAsync(ticket, "one", Address));
        Assert.False(await UseAsync(ticket, "one", Address));
    }

    [Fact]
    public async Task Download_ticket_shown_at_once_by_many_works_once()
    {
        var ticket = _tickets.ForDownload("one", Address);

        var passed = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => UseAsync(ticket, "one", Address))));

        Assert.Single(passed, first => first);
    }

    [Fact]
    public async Task Download_ticket_of_a_minute_ago_is_too_old()
    {
        var ticket = _tickets.ForDownload("one", Address);
        _core.Clock.Advance(PageTickets.DownloadLifetime);

        Assert.False(await UseAsync(ticket, "one", Address));
    }

    private Task<bool> UseAsync(string? ticket, string session, string address) =>
        _tickets.TryUseForDownloadAsync(ticket, session, address, Stop);
}
